#!/bin/sh
# Builds an image that can stand in for apache/kafka in the tests of the profile "containers", without any image
# registry: the Kafka jars of this build, a run-time image of a JDK 25, and this machine's shell. Linux only.
#
#   deploy/src/test/docker/build-image.sh [IMAGE]
#   mvn verify -Pcontainers -Dparamedic.test.kafka.image=IMAGE
#
# PARAMEDIC_MAVEN_ARGS, for example -o, is handed to Maven.
set -eu

image=${1:-paramedic/kafka-for-tests:local}
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../../../.." && pwd)

say() { echo "build-image: $*" >&2; }
fail() { say "$*"; exit 1; }

is_jdk25() {
    [ -x "$1/bin/jlink" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] \
        && [ "$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")" -ge 25 ]
}

jdk=
for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    if is_jdk25 "$candidate"; then jdk=$candidate; break; fi
done
[ -n "$jdk" ] || fail "no JDK 25 or newer in JAVA_HOME or /usr/lib/jvm; set JAVA_HOME to one"
command -v docker >/dev/null || fail "docker is not on the PATH; install Docker"
docker version >/dev/null 2>&1 || fail "docker does not answer; start its daemon, or give DOCKER_HOST"

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir -p "$root/bin" "$root/tmp" "$root/etc/kafka/docker" "$root/opt/kafka/libs" "$root/opt/kafka/run"
chmod 1777 "$root/tmp"

say "collecting the Kafka jars"
(cd "$project" && mvn ${PARAMEDIC_MAVEN_ARGS:-} -q -B -pl deploy -am compile dependency:copy-dependencies -DincludeScope=runtime \
    -DexcludeGroupIds=io.paramedic,org.apache.sshd,org.bouncycastle,info.picocli,tools.jackson.core \
    -DoutputDirectory="$root/opt/kafka/libs")

say "making a run-time image of $jdk"
# java.desktop is for Log4j, which Kafka needs and which looks for java.beans.
"$jdk/bin/jlink" --output "$root/opt/java" --strip-debug --no-header-files --no-man-pages --add-modules \
    java.base,java.desktop,java.logging,java.management,java.naming,java.security.jgss,java.security.sasl,java.sql,java.xml,jdk.management,jdk.unsupported
"$jdk/bin/javac" -cp "$root/opt/kafka/libs/*" -d "$root/opt/kafka/run" "$here/FormatAndRun.java"
cp "$here/logback.xml" "$root/opt/kafka/run/"

# A program of this machine, and the libraries that it and the given files need.
add_libraries() {
    ldd "$1" 2>/dev/null | sed -n 's/.*=> \(\/[^ ]*\).*/\1/p; s/^[[:space:]]*\(\/[^ ]*\) (.*/\1/p' | while read -r library; do
        mkdir -p "$root$(dirname "$library")"
        cp -L "$library" "$root$library"
    done
}
for program in bash sleep; do
    cp -L "$(command -v "$program")" "$root/bin/$program"
    add_libraries "$(command -v "$program")"
done
ln -s bash "$root/bin/sh"
find "$root/opt/java" -name '*.so' -o -path '*/bin/java' | while read -r file; do add_libraries "$file"; done

cat >"$root/etc/kafka/docker/run" <<'RUN'
#!/bin/bash
exec /opt/java/bin/java -Xmx256m -XX:+UseSerialGC -cp '/opt/kafka/run:/opt/kafka/libs/*' FormatAndRun
RUN
chmod +x "$root/etc/kafka/docker/run"
echo 'root:x:0:0:root:/:/bin/sh' >"$root/etc/passwd"
echo 'hosts: files dns' >"$root/etc/nsswitch.conf"

say "importing $image"
tar -C "$root" -c . | docker import --change 'ENV PATH=/bin:/opt/java/bin' - "$image" >/dev/null
say "done: $(docker image inspect --format '{{.Size}}' "$image") bytes"
say "now: mvn verify -Pcontainers -Dparamedic.test.kafka.image=$image"
