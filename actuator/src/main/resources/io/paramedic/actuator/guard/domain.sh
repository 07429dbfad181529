# What is there at this moment, by the hypervisor and by XAPI's database.

# A tool that hangs is ended by the host itself. None gets the locks: busybox leaves a watcher behind, a tool a daemon.
bounded() {
    if command -v timeout >/dev/null; then timeout -k 1 20 "$@"; else "$@"; fi 7>&- 9>&-
}

# Both tools: list_domains alone is also on hosts that are driven otherwise (toolstack facts 1.1).
find_stack() {
    if command -v xe >/dev/null && command -v list_domains >/dev/null; then
        stack=xapi
        host_uuid=$(cat /etc/xensource-inventory 2>/dev/null)
        host_uuid=${host_uuid##*INSTALLATION_UUID=\'}
        host_uuid=${host_uuid%%\'*}
        is_uuid "$host_uuid" || host_uuid=""
    elif command -v xl >/dev/null; then
        stack=xl
    else
        stack=none
    fi
}

listing() {
    if [ $stack = xapi ]; then bounded list_domains -all; else bounded xl list -v; fi 2>/dev/null
}

pop() {
    rest=${rest%"${rest##*[! ]}"}
    word=${rest##* }
    case $rest in *" "*) rest=${rest% *} ;; *) rest="" ;; esac
}

# A row of xl list -v is read from its right end, because a name may hold anything (toolstack facts 2.1).
xl_row() {
    rest=$1
    pop
    pop
    case $word in - | *[0-9a-f]) ;; *) return 1 ;; esac
    pop
    row_handle=$word
    pop
    case $word in *[!0-9.]* | "") return 1 ;; esac
    pop
    flags=$word
    case $flags in [r-][b-][p-][s-][-rscwS?][d-]) ;; *) return 1 ;; esac
    pop
    is_count "$word" || return 1
    pop
    is_count "$word" || return 1
    pop
    row_domid=$word
    row_name=${rest%"${rest##*[! ]}"}
    case $flags in *d) row_state=DYING ;; ???s*) row_state=SHUT_DOWN ;; ??p*) row_state=PAUSED ;; *) row_state=RUNNING ;; esac
}

# A row of list_domains -all: its state is six letters in fixed places (toolstack facts 1.2).
xapi_row() {
    row_domid=${1%% |*}
    row_domid=${row_domid##* }
    rest=${1#*| }
    row_handle=${rest%% *}
    rest=${rest#* | }
    flags=${rest%% |*}
    row_name=""
    case $flags in [D\ ][S\ ][P\ ][B\ ][R\ ][H\ ]) ;; *) return 1 ;; esac
    case $flags in D*) row_state=DYING ;; ?S*) row_state=SHUT_DOWN ;; ??P*) row_state=PAUSED ;; *) row_state=RUNNING ;; esac
}

head_row() {
    case $stack in
    xl) case $1 in "Name "*" ID "*State*"UUID "*) ;; *) return 1 ;; esac ;;
    xapi) case $1 in *"id | "*"uuid |  state | "*) ;; *) return 1 ;; esac ;;
    *) return 1 ;;
    esac
}

# Calls $1 for each domain, with the other words. False, and why, where anything of the list is not understood.
each_domain() {
    visit=$1
    shift
    last=-1 lines=0
    list=$(listing)
    code=$?
    [ $code -eq 0 ] || { why="the list of domains did not come (exit $code)"; return 1; }
    while IFS= read -r line; do
        lines=$((lines + 1))
        if [ $lines -eq 1 ]; then
            head_row "$line" || { why="the list of domains has no head: $line"; return 1; }
            continue
        fi
        "${stack}_row" "$line" && is_count "$row_domid" && is_uuid "$row_handle" && [ "$row_domid" -gt "$last" ] ||
            { why="a row of the list of domains is not understood: $line"; return 1; }
        [ $lines -ne 2 ] || [ "$row_domid" -eq 0 ] || { why="the list of domains does not begin with dom0"; return 1; }
        last=$row_domid
        "$visit" "$@"
    done <<EOF
$list
EOF
    [ $lines -gt 1 ] || { why="the list of domains is empty"; return 1; }
}

take_target() {
    [ "$row_domid" -ne "$domid" ] || { seen_handle=$row_handle seen_state=$row_state; }
}

# What is at a node of xenstore. The tools fail alike where there is no such node and where nobody answers them; only what else
# xenstore answers tells the one from the other: false is the first, $answers=no the second.
read_node() {
    answers=yes
    value=$(bounded "$1" "$2" 2>/dev/null) && return 0
    code=$?
    [ $code -lt 124 ] && bounded xenstore-read /local/domain/0/name >/dev/null 2>&1 || answers=no
    return 1
}

# Whether a node of xenstore is there; refuses where xenstore does not answer.
has_node() {
    read_node "$1" "$2" && return 0
    [ $answers = yes ] || refuse UNEXPECTED_STATE "nothing was done: xenstore does not answer, so nobody knows what domain $domid is"
    return 1
}

check_target() {
    seen_handle="" seen_state=""
    each_domain take_target || refuse UNEXPECTED_STATE "nothing was done: $why"
    [ -n "$seen_handle" ] || refuse OTHER_DOMAIN "there is no domain $domid on this host"
    [ "$seen_handle" = "$handle" ] || refuse OTHER_DOMAIN "domain $domid now has the handle $seen_handle and not $handle"
    case ,$states, in *",$seen_state,"*) ;; *) refuse UNEXPECTED_STATE "domain $domid is $seen_state and not one of $states" ;; esac
    ! has_node xenstore-read "/local/domain/$domid/target" || refuse CONTROL_DOMAIN "domain $domid is the stub domain of domain $value"
    ! has_node xenstore-list "/local/domain/$domid/backend" || [ -z "$value" ] ||
        refuse CONTROL_DOMAIN "domain $domid is a driver domain: it serves devices of others"
}

# XAPI's record of $vm. No field that is asked for can hold free text.
read_record() {
    v_power="" v_domid="" v_host="" v_control="" v_doing=""
    record=$(bounded xe vm-list "uuid=$vm" params=power-state,is-control-domain,current-operations,resident-on,dom-id 2>/dev/null) ||
        refuse UNEXPECTED_STATE "nothing was done: XAPI does not answer"
    while IFS= read -r line; do
        rest=${line%%(*}
        pop
        value=${line#*: }
        case $word in
        power-state) v_power=$value ;;
        dom-id) v_domid=$value ;;
        resident-on) v_host=$value ;;
        is-control-domain) v_control=$value ;;
        current-operations) v_doing=$value ;;
        esac
    done <<EOF
$record
EOF
    [ "$v_control" != true ] || refuse CONTROL_DOMAIN "$vm is a control domain"
    [ -n "$v_power" ] && [ "$v_control" = false ] || refuse UNEXPECTED_STATE "nothing was done: XAPI has no readable record of $vm"
}

# XAPI acts on what its database says, so that must agree with the hypervisor (toolstack facts 3.4).
check_record() {
    is_uuid "$vm" && [ "$vm" = "$handle" ] || refuse OTHER_DOMAIN "domain $domid has the handle $handle, which is not the VM $vm"
    read_record
    [ -n "$host_uuid" ] || refuse UNEXPECTED_STATE "nothing was done: this host does not tell its own uuid"
    case " $* " in *" $v_power "*) ;; *) refuse UNEXPECTED_STATE "XAPI says that $vm is $v_power" ;; esac
    [ "$v_domid" = "$domid" ] && [ "$v_host" = "$host_uuid" ] ||
        refuse UNEXPECTED_STATE "XAPI says that $vm is domain $v_domid of host $v_host, and it is domain $domid of $host_uuid"
    for doing in $(printf %s "$v_doing" | tr ";" " "); do
        case $act:$doing in
        xapi-reboot-hard:clean_* | xapi-destroy:clean_* | xapi-destroy:hard_reboot) ;;
        *) refuse UNEXPECTED_STATE "XAPI is busy with $doing of $vm" ;;
        esac
    done
}

check_halted() {
    is_uuid "$vm" || refuse NOT_POSSIBLE_HERE "XAPI starts a VM by its uuid only"
    [ -n "$host_uuid" ] || refuse UNEXPECTED_STATE "nothing was done: this host does not tell its own uuid"
    read_record
    [ "$v_power" = halted ] && [ -z "$v_doing" ] || refuse UNEXPECTED_STATE "XAPI says that $vm is $v_power${v_doing:+ and busy with $v_doing}"
}

check_configuration() {
    [ -n "$path" ] || return 0
    command -v sha256sum >/dev/null || refuse NOT_POSSIBLE_HERE "nothing was done: this host has no sha256sum"
    # shellcheck disable=SC2002
    found=$(cat "$path" 2>/dev/null | sha256sum)
    [ "${found%% *}" = "$sha" ] || refuse CONFIGURATION_MISMATCH "$path is missing or not the file that was matched to the VM: its sha256 is ${found%% *} and not $sha"
}
