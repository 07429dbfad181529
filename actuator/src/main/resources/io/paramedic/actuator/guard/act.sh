# The acts: a closed list, each on what was just checked.

# The act's own shell, in a session of its own and on the lock. A tool that leaves daemons behind does not get the lock,
# because they would hold it as long as the VM lives; then this shell alone holds it, and the session tells who is left.
# Whoever sees the result finds the lock free; until then the session keeps others away.
# shellcheck disable=SC2016
RUN='
base=$1 deadline=$2 keep=$3
shift 3
say() { printf "%s\n" "$2" 1<>"$1" && dd if=/dev/null of="$1" conv=notrunc,fsync 2>/dev/null; }
up() { up=$(cat /proc/uptime) && up=${up%% *} && case $up in *.[0-9][0-9]) echo "$((${up%.*} * 100 + 1${up#*.} - 100))" ;; esac; }
say "$base.session" "$$" || exit 1
now=$(up)
if [ "$now" -le "$deadline" ] 2>/dev/null; then
    if [ "$keep" = keep ]; then "$@"; else "$@" 9>&-; fi </dev/null >"$base.out" 2>"$base.err"
    code=$?
    say "$base.res" "result $code $(up)"
else
    say "$base.res" "late ${now:-0}"
fi
exec 9>&-
mv -f "$base.res" "$base.result" && dd if=/dev/null of="$base.result" conv=notrunc,fsync 2>/dev/null
'

# Takes back only what one of our own steps may have asked. Between reading and writing the guest may take the request, which
# then is emptied twice, or somebody else may make one, which is lost: the tools have no transaction.
# shellcheck disable=SC2016
WITHDRAW='
asked=$(xenstore-read "$1") || exit 3
case $asked in
"") echo "nothing is asked of the guest" ;;
reboot | poweroff | halt) xenstore-write "$1" "" ;;
*) echo "the request is $asked, which is not ours" >&2; exit 4 ;;
esac
'

# Calls $1 with keep or drop, which is what the tool does with the lock, and the tool's words. Never by name.
with_words() {
    case $act in
    xl-reboot) "$1" keep xl reboot "$domid" ;;
    xl-shutdown) "$1" keep xl shutdown "$domid" ;;
    xl-destroy) "$1" keep xl destroy "$domid" ;;
    xl-create) "$1" drop xl create "$path" ;;
    withdraw) "$1" keep sh -c "$WITHDRAW" withdraw "/local/domain/$domid/control/shutdown" ;;
    xapi-reboot) "$1" keep xe vm-reboot "uuid=$vm" ;;
    xapi-shutdown) "$1" keep xe vm-shutdown "uuid=$vm" ;;
    xapi-reboot-hard) "$1" keep xe vm-reboot "uuid=$vm" force=true ;;
    xapi-destroy) "$1" keep xe vm-shutdown "uuid=$vm" force=true ;;
    xapi-start) "$1" keep xe vm-start "uuid=$vm" "on=$host_uuid" ;;
    task-cancel) "$1" keep xe task-cancel "uuid=$task" ;;
    restart-toolstack) "$1" drop xe-toolstack-restart ;;
    esac
}

describe() {
    shift
    if [ "$act" = withdraw ]; then
        printf %s "xenstore-write /local/domain/$domid/control/shutdown \"\" (if it still holds a request of ours)"
    else
        printf %s "$*"
    fi
}

begin_act() {
    (setsid sh -c "$RUN" paramedic-act "$S/commands/$id" "$deadline" "$@" &) </dev/null >/dev/null 2>&1
}

check_act() {
    case $stack:$act in
    xl:xl-* | xapi:xapi-* | xl:withdraw | xapi:withdraw | xapi:task-cancel | xapi:restart-toolstack) ;;
    none:*) refuse NOT_POSSIBLE_HERE "neither xl nor XAPI's tools are on this host, or not for this user" ;;
    *) refuse NOT_POSSIBLE_HERE "this host is driven by $stack, and $act is not" ;;
    esac
    case $act in
    xl-reboot | xl-shutdown | withdraw) check_target ;;
    xl-destroy) check_configuration && check_target ;;
    xl-create) check_configuration && check_traces "$@" ;;
    xapi-reboot | xapi-shutdown) check_target && check_record running ;;
    xapi-reboot-hard | xapi-destroy) check_target && check_record running paused ;;
    xapi-start) check_halted && check_traces "$@" ;;
    restart-toolstack) check_agreement ;;
    esac
}

# A restart of the toolstack ends VMs of which the database says that they are elsewhere (toolstack facts 3.4.3 and 9.8).
check_agreement() {
    [ -n "$host_uuid" ] || refuse UNEXPECTED_STATE "nothing was done: this host does not tell its own uuid"
    records=$(bounded xe vm-list "resident-on=$host_uuid" is-control-domain=false params=uuid --minimal 2>/dev/null) ||
        refuse UNEXPECTED_STATE "nothing was done: XAPI does not answer"
    strange=""
    each_domain find_stranger || refuse UNEXPECTED_STATE "nothing was done: $why"
    [ -z "$strange" ] || refuse UNEXPECTED_STATE "XAPI does not have domain $strange on this host, and a restart of the toolstack might end it"
}

find_stranger() {
    [ "$row_domid" -eq 0 ] || [ "$row_state" = DYING ] || case ,$records, in *",$row_handle,"*) ;; *) strange=$row_domid ;; esac
}

check_time() {
    clock || refuse UNEXPECTED_STATE "nothing was done: this host does not tell its boot id and uptime"
    [ "$boot" = "$now_boot" ] || refuse OTHER_BOOT "this host was booted anew: it is $now_boot and the command is for $boot"
    [ "$now" -le "$deadline" ] || refuse EVIDENCE_TOO_OLD "uptime is $now and the evidence counts until $deadline hundredths of a second"
}

check_last() {
    ! last_runs || [ "$last_id" = "$id" ] ||
        refuse HOST_BUSY "the act of command $last_id still runs on this host"
}

verb_act() {
    need_log
    look_up
    [ "$status" = none ] || say_status
    can_lock
    if ! lock; then
        look_up
        [ "$status" = none ] || say_status
        refuse HOST_BUSY "another act or seal holds the lock of this host"
    fi
    # The log may have been replaced meanwhile; from here on the lock keeps it.
    need_log
    look_up
    [ "$status" = none ] || say_status
    check_last
    check_time
    refuse_old_token
    find_stack
    check_act "$@"
    ran=$(with_words describe | hex)
    reserve
    check_time
    record_token
    put "$S/last" "$id" || no_room
    decide_fate record "$ran" || { look_up; say_status; }
    with_words begin_act
    exec 9>&-
    locked=no
    await
}

# What the act must be able to write whatever becomes of the disk: it will write over these blanks.
reserve() {
    reserved=yes
    for part in session res; do
        printf "%64s\n" "" | dd of="$S/commands/$id.$part" conv=fsync 2>/dev/null || no_room
    done
    (: >"$S/commands/$id.out" && : >"$S/commands/$id.err") 2>/dev/null || no_room
}

# The limit bounds the waiting, never the act.
await() {
    left=$((wait * 10))
    until [ -e "$S/commands/$id.result" ] || [ $left -le 0 ]; do
        left=$((left - 1))
        if [ $((left % 10)) -eq 0 ]; then
            look_up
            [ "$status" = running ] || break
        fi
        nap
    done
    look_up
    (tidy) </dev/null >/dev/null 2>&1
    say_status
}

# What a command of an earlier boot left can go: that boot is refused anyway. Of this boot only old output goes.
tidy() {
    find "$S/commands" -name "*.fate" -mtime +30 | while IFS= read -r file; do
        base=${file%.fate}
        f_boot=""
        while read -r what value; do [ "$what" != boot ] || f_boot=$value; done <"$file"
        [ ! -e "$base.result" ] && [ "$f_boot" = "$now_boot" ] || rm -f "$base.out" "$base.err"
        [ "$f_boot" = "$now_boot" ] || rm -f "$base.session" "$base.res" "$base.result" "$file"
    done
}
