# What became of a command. Its fate is decided once, by whoever links the file first.

# Whether a process of the act of command $1 is left: all of them are in the session whose number the act left behind.
alive() {
    session=""
    { read -r session <"$S/commands/$1.session"; } 2>/dev/null
    is_count "$session" || return 1
    set +f
    for stat in /proc/[0-9]*/stat; do
        { IFS= read -r line <"$stat"; } 2>/dev/null || continue
        set -f
        # shellcheck disable=SC2086
        set -- ${line##*) }
        [ "${4-}" != "$session" ] || [ "$1" = Z ] || return 0
    done
    set -f
    return 1
}

# Whether the act that was begun last goes on. An act of an earlier boot has ended with it, and the number of its session may
# belong to anybody now. The lock does not tell: an act whose own shell was killed holds none, and may go on all the same.
last_runs() {
    last_id="" last_boot=""
    { read -r last_id <"$S/last"; } 2>/dev/null
    [ -n "$last_id" ] && [ ! -e "$S/commands/$last_id.result" ] || return 1
    while read -r what value; do
        [ "$what" != boot ] || last_boot=$value
    done 2>/dev/null <"$S/commands/$last_id.fate"
    ! clock || ! is_uuid "$last_boot" || [ "$last_boot" = "$now_boot" ] || return 1
    alive "$last_id"
}

read_result() {
    r_kind="" r_code="" r_end=""
    { read -r r_kind r_code r_end <"$S/commands/$id.result"; } 2>/dev/null
    case $r_kind in
    result) is_count "$r_code" && is_count "$r_end" && status="done" ;;
    late) is_count "$r_code" && status=late ;;
    *) return 1 ;;
    esac
}

# Sets $status to none, tombstoned, done, late, running, unbegun or unknown.
look_up() {
    f_kind="" f_boot="" f_end=""
    status=none
    [ -e "$S/commands/$id.fate" ] || return 0
    status=unknown why="the record of the command is damaged"
    while read -r what value; do
        case $what in
        record | tombstone) f_kind=$what ;;
        boot) f_boot=$value ;;
        end) f_end=yes ;;
        esac
    done <"$S/commands/$id.fate"
    [ -n "$f_end" ] || return 0
    [ "$f_kind" = record ] || { status=tombstoned; return 0; }
    ! read_result || return 0
    why="its act was begun and left neither a result nor a process"
    clock || return 0
    [ "$f_boot" = "$now_boot" ] || { why="its act was begun, and then this host was booted anew"; return 0; }
    if alive "$id"; then
        status=running
    elif [ -z "$session" ]; then
        # Whoever could still begin it holds the lock.
        lock_is_free && status=unbegun || status=running
    fi
    ! read_result || return 0
}

say_status() {
    case $status in
    done) answer "done" "$r_code" "$f_boot" "$r_end" ;;
    *) answer "$status" ;;
    esac
    [ "$status" != unknown ] || field text "$why"
    case $status in done | late | running | unknown)
        while read -r what value; do [ "$what" != ran ] || printf "ran %s\n" "$value"; done <"$S/commands/$id.fate"
        printf "out %s\n" "$(tail -c 8192 "$S/commands/$id.out" 2>/dev/null | hex)"
        printf "err %s\n" "$(tail -c 8192 "$S/commands/$id.err" 2>/dev/null | hex)"
        ;;
    esac
    finish
}

# Decides the command's fate for ever: whoever makes the link first wins, and the file behind it is whole.
decide_fate() {
    printf "%s\nboot %s\ntoken %s\nran %s\nend\n" "$1" "$boot" "$token" "$2" |
        dd of="$S/commands/$id.fate.$$" conv=fsync 2>/dev/null || { rm -f "$S/commands/$id.fate.$$"; no_room; }
    ln "$S/commands/$id.fate.$$" "$S/commands/$id.fate" 2>/dev/null
    linked=$?
    rm -f "$S/commands/$id.fate.$$"
    [ $linked -eq 0 ] || [ -e "$S/commands/$id.fate" ] || no_room
    [ $linked -eq 0 ] && flush "$S/commands/$id.fate"
}
