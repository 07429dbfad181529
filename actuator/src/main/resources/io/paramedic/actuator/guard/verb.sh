# The other verbs, and the words that are taken.

verb_result() {
    need_log
    look_up
    [ "$status" != running ] || await
    say_status
}

verb_settle() {
    need_log
    can_lock
    look_up
    if [ "$status" = none ]; then
        decide_fate tombstone ""
        look_up
    fi
    say_status
}

verb_seal() {
    need_log
    can_lock
    lock || refuse HOST_BUSY "another act or seal holds the lock of this host"
    need_log
    check_last
    clock || refuse UNEXPECTED_STATE "this host does not tell its boot id and uptime"
    find_stack
    [ $stack != none ] || refuse NOT_POSSIBLE_HERE "neither xl nor XAPI's tools are on this host, or not for this user"
    record_token
    check_traces "$@"
    answer sealed
    finish
}

verb_tell() {
    need_log
    can_lock
    lock_tokens
    need_log
    judge_token || damaged
    put "$S/tokens" "$kept" || no_room
    exec 7>&-
    busy=idle
    lock || busy=busy
    ! last_runs || busy=busy
    answer $busy
    finish
}

verb_enrol() {
    (mkdir -p "$S/commands" && chmod 700 "$S") 2>/dev/null || no_room
    can_lock
    lock || refuse HOST_BUSY "an act or a seal holds the lock of this host"
    # A hold is told without the host's lock.
    lock_tokens
    token=0 level=vm
    if read_log && [ "$adopt" = no ]; then
        judge_token || damaged
        newest_kept=$highest
        for one in "$t_floor" "${t_pool% *}" "${t_host% *}"; do [ "$one" -le "$newest_kept" ] || newest_kept=$one; done
        if [ "$enrolled" = "$log" ] && [ "$newest" -ge "$newest_kept" ]; then
            need_name
            [ -n "$named" ] || put "$S/log" "$log$nl$host" || no_room
            answer already
            finish
        fi
        answer other "$enrolled" "$newest_kept"
        finish
    fi
    # Tokens first: a host that has them and no log refuses everything.
    rm -f "$S/log"
    put "$S/tokens" "paramedic-tokens 1${nl}floor $newest${nl}pool -1 -${nl}host -1 -${nl}end" && put "$S/log" "$log$nl$host" || no_room
    answer enrolled
    finish
}

verb_look() {
    ! read_log || need_name
    look_up
    find_stack
    answer look "$status"
    printf "stack %s\n" "$stack"
    [ -z "$host_uuid" ] || printf "host %s\n" "$host_uuid"
    printf "list %s\n" "$(listing | head -c 1000000 | hex)"
    if [ -n "$domid" ]; then
        printf "store %s\n" "$(bounded xenstore-ls -f "/local/domain/$domid" 2>&1 | head -c 6000 | hex)"
        # Where there is no such node, nothing is asked.
        read_node xenstore-read "/local/domain/$domid/control/shutdown" || value=""
        [ $answers = no ] || field asked "$value"
    fi
    if [ $stack = xapi ] && [ -n "$vm" ]; then
        printf "record %s\n" "$(bounded xe vm-list "uuid=$vm" params=uuid,power-state,current-operations,resident-on,dom-id 2>&1 | head -c 6000 | hex)"
    fi
    if [ $stack = xapi ] && [ -n "$task" ]; then
        asked=$(bounded xe task-list "uuid=$task" params=status --minimal 2>/dev/null) && field task "$asked"
    fi
    if [ "$act" = restart-toolstack ]; then
        bounded xe host-list params=uuid --minimal >/dev/null 2>&1 && echo "api yes" || echo "api no"
    fi
    finish
}


bad_word() {
    id=-
    answer malformed
    field text "the guard does not take the word $1"
    finish
}

for word; do
    value=${word#*=}
    case $word in
    *"$nl"*) case $word in name=*) ;; *) bad_word "$word" ;; esac ;;
    esac
    case $word in
    id=*) case $value in "" | *[!A-Za-z0-9-]*) bad_word "$word" ;; *) id=$value ;; esac ;;
    log=*) case $value in "" | *[!A-Za-z0-9%._/-]*) bad_word "$word" ;; *) log=$value ;; esac ;;
    host=*) case $value in "" | *[!A-Za-z0-9%._-]*) bad_word "$word" ;; *) host=$value ;; esac ;;
    token=*) is_count "$value" && token=$value || bad_word "$word" ;;
    level=pool | level=host | level=vm) level=$value ;;
    key=*) case $value in "" | *[!a-z0-9-]*) bad_word "$word" ;; *) key=$value ;; esac ;;
    boot=*) is_uuid "$value" && boot=$value || bad_word "$word" ;;
    deadline=*) is_count "$value" && deadline=$value || bad_word "$word" ;;
    domid=*) is_count "$value" && [ "$value" -ge 1 ] && [ "$value" -le 32751 ] && domid=$value || bad_word "$word" ;;
    handle=*) is_uuid "$value" && handle=$value || bad_word "$word" ;;
    states=*) case $value in "" | *[!A-Z_,]*) bad_word "$word" ;; *) states=$value ;; esac ;;
    vm=*) is_uuid "$value" && vm=$value || bad_word "$word" ;;
    act=*) act=$value ;;
    path=/*) path=$value ;;
    sha=*) case $value in *[!0-9a-f]*) bad_word "$word" ;; *) sha=$value ;; esac ;;
    task=*) is_uuid "$value" && task=$value || bad_word "$word" ;;
    wait=*) is_count "$value" && wait=$value || bad_word "$word" ;;
    newest=*) is_count "$value" || [ "$value" = -1 ] || bad_word "$word" && newest=$value ;;
    adopt=yes | adopt=no) adopt=$value ;;
    uuid=*) is_uuid "$value" || bad_word "$word" ;;
    was=*) is_uuid "${value%:*}" && is_count "${value##*:}" || bad_word "$word" ;;
    name=?* | disk=*) ;;
    *) bad_word "$word" ;;
    esac
done

# Refuses to go on without one of these.
need() {
    for name; do
        eval "[ -n \"\$$name\" ]" || bad_word "nothing for $name"
    done
}

case $act in
xl-reboot | xl-shutdown | xl-destroy | withdraw) need domid handle states ;;
xapi-reboot | xapi-shutdown | xapi-reboot-hard | xapi-destroy) need domid handle states vm ;;
xl-create) need path sha ;;
xapi-start) need vm ;;
task-cancel) need task ;;
restart-toolstack | "") ;;
*) bad_word "act=$act" ;;
esac
[ "$level" != vm ] || [ "$key" != - ] || bad_word "nothing for key"
[ -z "$path" ] || [ ${#sha} -eq 64 ] || bad_word "nothing for sha"
case $verb in
act)
    need log token level boot deadline act
    is_uuid "$id" || bad_word "id=$id"
    verb_act "$@"
    ;;
result) need log && verb_result ;;
settle)
    need log token boot
    is_uuid "$id" || bad_word "id=$id"
    verb_settle
    ;;
seal)
    need log token level
    is_uuid "$id" || bad_word "id=$id"
    verb_seal "$@"
    ;;
tell) need log token level && verb_tell ;;
enrol) need log newest host && verb_enrol ;;
look) verb_look ;;
*) bad_word "$verb" ;;
esac
