package io.paramedic.actuator.guard;

import java.util.Map;

/** Scripts that stand in for Xen's tools; they print what the real ones do (toolstack facts §1.2, §2.1, §3.2). */
final class StandIns {
    private static final String HEAD = """
        #!/bin/sh
        PATH=/usr/local/bin:/usr/bin:/bin
        tool=${0##*/}
        # Notes an act, and stays in it for as long as a test wants.
        act() {
            echo "$tool $*" >>"$WORLD/acts"
            echo "did $*"
            while [ -e "$WORLD/gate" ]; do sleep 0.05; done
        }
        drop() {
            grep -v "^$1|" "$WORLD/domains" >"$WORLD/domains.new.$$"
            mv "$WORLD/domains.new.$$" "$WORLD/domains"
        }
        ! [ -e "$WORLD/calls/$tool" ] || . "$WORLD/calls/$tool"
        """;

    private static final Map<String, String> BODIES = Map.of(
            "xl",
            """
            case $1 in
            list)
                printf 'Name                                        ID   Mem VCPUs\\tState\\tTime(s)'
                printf '   UUID                            Reason-Code\\tSecurity Label\\n'
                while IFS='|' read -r id handle flags name; do
                    case $flags in ???s*) reason=0 ;; *) reason=- ;; esac
                    printf '%-40s %5d %5d %5d     %s  %8.1f %s %8s %16s\\n' \\
                        "$name" "$id" 96 1 "$flags" 12.5 "$handle" "$reason" -
                done <"$WORLD/domains"
                ;;
            destroy) act "$@"; drop "$2" ;;
            create)
                act "$@"
                # As the real one it leaves a daemon that watches the domain, with all open files that it got.
                (setsid sleep 1000 >/dev/null 2>&1 &)
                echo "91|99999999-0000-4000-8000-000000000091|-b----|$(sed -n 's/^name=//p' "$2")" >>"$WORLD/domains"
                ;;
            reboot)
                act "$@"
                row=$(grep "^$2|" "$WORLD/domains")
                drop "$2"
                echo "90|${row#*|}" >>"$WORLD/domains"
                ;;
            *) act "$@" ;;
            esac
            """,
            "list_domains",
            """
            printf 'id |                                 uuid |  state | tot MiB | shutdown code\\n'
            while IFS='|' read -r id handle flags name; do
                case $flags in ?????d) d=D ;; *) d=' ' ;; esac
                case $flags in ???s??) s=S ;; *) s=' ' ;; esac
                case $flags in ??p???) p=P ;; *) p=' ' ;; esac
                case $flags in ?b????) b=B ;; *) b=' ' ;; esac
                case $flags in r?????) r=R ;; *) r=' ' ;; esac
                printf '%2d | %s | %s | %7d | %13d\\n' "$id" "$handle" "$d$s$p$b${r}H" 1024 255
            done <"$WORLD/domains"
            """,
            "xe",
            """
            case $* in
            vm-list*minimal*) cut -d'|' -f2 "$WORLD/resident" | paste -sd, - ;;
            vm-list*) cat "$WORLD/record" ;;
            task-list*) cat "$WORLD/task" ;;
            host-list*) echo aaaaaaaa-0000-4000-8000-000000000001 ;;
            vm-reboot*)
                act "$@"
                row=$(sed -n 2p "$WORLD/domains")
                drop "${row%%|*}"
                echo "90|${row#*|}" >>"$WORLD/domains"
                ;;
            vm-shutdown*) act "$@"; drop "$(sed -n '2s/|.*//p' "$WORLD/domains")" ;;
            vm-start*) act "$@"; uuid=${2#uuid=}; echo "90|$uuid|-b----|x" >>"$WORLD/domains" ;;
            *) act "$@" ;;
            esac
            """,
            "xenstore-read",
            "[ -f \"$WORLD/store$1\" ] && cat \"$WORLD/store$1\" && echo\n",
            "xenstore-list",
            "[ -e \"$WORLD/store$1\" ] || exit 1\n[ ! -d \"$WORLD/store$1\" ] || ls \"$WORLD/store$1\"\n",
            "xenstore-ls",
            """
            [ -e "$WORLD/store$2" ] || exit 1
            find "$WORLD/store$2" -type f | while read -r node; do
                echo "${node#"$WORLD/store"} = \\"$(cat "$node")\\""
            done
            """,
            "xenstore-write",
            "act \"$1\" \"$2\"\nprintf '%s' \"$2\" >\"$WORLD/store$1\"\n",
            "xe-toolstack-restart",
            "act\n",
            "cat",
            """
            case $* in
            /proc/sys/kernel/random/boot_id) exec cat "$WORLD/boot" ;;
            /proc/uptime) exec cat "$WORLD/uptime" ;;
            /etc/xensource-inventory) exec cat "$WORLD/inventory" ;;
            esac
            exec cat "$@"
            """);

    private StandIns() {}

    static String of(String tool) {
        return HEAD + BODIES.getOrDefault(tool, "exit 127\n");
    }
}
