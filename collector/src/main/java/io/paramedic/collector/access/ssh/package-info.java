/**
 * Decides how a host is reached over SSH: by which route, with which keys, whose host key is trusted, over which kept
 * connection. MINA SSHD is used here alone and stays behind {@link io.paramedic.collector.access.HostAccess}; its
 * exceptions become values in one class.
 */
@NullMarked
package io.paramedic.collector.access.ssh;

import org.jspecify.annotations.NullMarked;
