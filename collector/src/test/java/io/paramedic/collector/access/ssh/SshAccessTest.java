package io.paramedic.collector.access.ssh;

/** The contract against MINA's own server. */
class SshAccessTest extends SshAccessContract {
    @Override
    protected TestServer start(TestServer.Spec spec) throws Exception {
        return new MinaServer(spec, _ -> {});
    }
}
