# Whether anything of a VM is on this host.

# Each of them alone finds it. A domain without name or with the handle of one that goes away may be anybody's, also ours
# (lab facts 2 and 3, toolstack facts 1.3), unless it is dead: the dead run nothing.
find_trace() {
    for word; do
        value=${word#*=}
        case $word in
        uuid=*) case $row_handle in
            "$value" | "${value%????????????}"00000000000[01]) trace="its handle $row_handle" ;;
            esac ;;
        was=*) [ "$value" != "$now_boot:$row_domid" ] || trace="the domain in which it was seen" ;;
        name=*) case $stack:$row_name in
            "xl:$value" | "xl:$value--incoming" | "xl:$value--migratedaway" | "xl:$value-dm") trace="its name" ;;
            esac ;;
        esac
        [ -z "$trace" ] || return 0
    done
    [ "$row_state" != DYING ] || return 0
    case $row_handle in deadbeef-dead-beef-dead-*) trace="a handle that says only that some VM goes away" ;; esac
    case $stack:$row_name in "xl:" | "xl:(null)") trace="no name, so that it may be any VM" ;; esac
}

# Where disks show: as backends of dom0 in xenstore, as files that a process of dom0 holds open (toolstack facts 5.1), and
# under loop devices. xl list -l is not asked: it leaves out what it cannot read (toolstack facts 2.2).
find_disks() {
    backends=""
    for word; do
        case $word in disk=*) ;; *) continue ;; esac
        disk=${word#*=}
        case $disk in *[!A-Za-z0-9_./:@+=,\ -]* | "") trace="a disk whose name cannot be looked for: $disk"; return 0 ;; esac
        [ -n "$backends" ] || backends=$nl$(backend_nodes)
        [ "${backends%read}" != "$backends" ] || { trace="backends in xenstore that cannot be read"; return 0; }
        real=""
        case $disk in /*) real=$(readlink -f "$disk" 2>/dev/null) ;; esac
        match_backend
        [ -z "$trace" ] || return 0
        case $disk in /*) find_holder ;; esac
        [ -z "$trace" ] || return 0
    done
}

# A dom0 without any backend has no such node, and only what else xenstore answers tells that from a failure.
backend_nodes() {
    if bounded xenstore-list /local/domain/0/backend >/dev/null 2>&1; then
        bounded xenstore-ls -f /local/domain/0/backend 2>/dev/null || return 1
    else
        bounded xenstore-read /local/domain/0/name >/dev/null 2>&1 || return 1
    fi
    echo read
}

# One device has many names: /dev/vg/web is /dev/mapper/vg-web. What stands before a path says only how it is served.
match_backend() {
    while IFS= read -r line; do
        case $line in */params\ =\ \"*\") value=${line#*/params = \"} ;; *) continue ;; esac
        value=${value%\"}
        case $value in
        "$disk" | *[/:]"$disk") ;;
        */*) [ -n "$real" ] && [ "$(readlink -f "/${value#*/}" 2>/dev/null)" = "$real" ] || continue ;;
        *) continue ;;
        esac
        trace="a backend of its disk $disk: ${line%% = *}"
        return 0
    done <<EOF
$backends
EOF
}

find_holder() {
    set +f
    [ -n "${open-}" ] || open=$(ls -l /proc/[0-9]*/fd 2>/dev/null; cat /sys/block/loop*/loop/backing_file 2>/dev/null)
    set -f
    case $nl$open$nl in
    *" -> $disk$nl"* | *" -> ${real:-$disk}$nl"* | *"$nl$disk$nl"* | *"$nl${real:-$disk}$nl"*) trace="a process or a loop device of dom0 that has its disk $disk open" ;;
    esac
}

check_traces() {
    trace="" trace_domid=""
    each_domain stop_at_trace "$@" || refuse NOT_SEALED "nobody knows whether the VM is on this host: $why"
    [ -z "$trace" ] || refuse NOT_SEALED "domain $trace_domid on this host has $trace"
    find_disks "$@"
    [ -z "$trace" ] || refuse NOT_SEALED "this host has $trace"
}

stop_at_trace() {
    [ -z "$trace" ] || return 0
    [ "$row_domid" -eq 0 ] || { trace_domid=$row_domid; find_trace "$@"; }
}
