# What is kept on the host: the log that it obeys, tokens, and the locks that guard them.

# Brings a file, and with it the directory entry that was made last, to the disk: the journal is written in order.
flush() {
    dd if=/dev/null of="$1" conv=notrunc,fsync 2>/dev/null
}

# A file is there with all of its content, or not at all, also after the power failed.
put() {
    printf "%s\n" "$2" | dd of="$1.new.$$" conv=fsync 2>/dev/null && mv -f "$1.new.$$" "$1" && flush "$1" && return 0
    rm -f "$1.new.$$"
    return 1
}

no_room() {
    [ $reserved = no ] || rm -f "$S/commands/$id.session" "$S/commands/$id.res" "$S/commands/$id.out" "$S/commands/$id.err"
    refuse NOT_POSSIBLE_HERE "nothing was done: $S on this host cannot be written. Is its disk full or read-only?"
}

read_log() {
    enrolled="" named=""
    { { read -r enrolled && read -r named; } <"$S/log"; } 2>/dev/null
    [ -n "$enrolled" ]
}

# Whether this is the machine that is meant: an address may lead to another one today. Older enrolments name no host.
need_name() {
    [ -z "$named" ] || [ "$named" = "$host" ] ||
        refuse NOT_ENROLLED "this host is enrolled as $named and was asked as ${host:-nobody}. Correct the address in the inventory; if the host was renamed, run: paramedic host adopt"
}

need_log() {
    read_log || refuse NOT_ENROLLED "this host is not enrolled. Enrol it with: paramedic host add"
    [ "$enrolled" = "$log" ] || refuse OTHER_LOG "this host obeys the log $enrolled and not $log. If that is right, a person replaces it with: paramedic host adopt"
    need_name
}

# Whether this token comes too late for what is kept as token $1 of command $2. The same command may show its token again.
outdated() {
    [ "$token" -lt "$1" ] || { [ "$token" -eq "$1" ] && [ "$2" != "$id" ]; }
}

# Judges $token against all that is kept, and leaves in $kept what is to be kept with it. Tokens of VMs that those of the
# host or the pool make needless go.
judge_token() {
    late="" highest=-1 kept="" ended=no t_floor="" t_pool="-1 -" t_host="-1 -"
    read_tokens || return 1
    while read -r what a b c; do
        case $what in vm) keep_vm "$a" "$b" "$c" ;; esac
    done <<EOF
$tokens
EOF
    ! outdated "$t_floor" - || late="an earlier log"
    ! outdated "${t_pool% *}" "${t_pool#* }" || late="the pool"
    [ "$level" = pool ] || ! outdated "${t_host% *}" "${t_host#* }" || late="this host"
    case $level in
    pool)
        ! outdated "${t_host% *}" "${t_host#* }" || late="this host"
        [ "${t_pool% *}" -gt "$token" ] || t_pool="$token $id"
        ;;
    host) [ "${t_host% *}" -gt "$token" ] || t_host="$token $id" ;;
    vm) kept="${kept}vm $key $own$nl" ;;
    esac
    kept="paramedic-tokens 1${nl}floor $t_floor${nl}pool $t_pool${nl}host $t_host$nl${kept}end"
}

keep_vm() {
    [ "$2" -le "$highest" ] || highest=$2
    if [ "$level" = vm ] && [ "$1" != "$key" ]; then
        [ "$2" -le "${t_pool% *}" ] || [ "$2" -le "${t_host% *}" ] || kept="${kept}vm $1 $2 $3$nl"
    elif outdated "$2" "$3"; then
        late="a VM on this host"
        [ "$level" = vm ] && own="$2 $3" || kept="${kept}vm $1 $2 $3$nl"
    fi
}

# The kept tokens; false where the file is not whole.
read_tokens() {
    tokens="" own="$token $id"
    while read -r what a b c; do
        tokens="$tokens$what $a $b $c$nl"
        case $what in
        paramedic-tokens) [ "$a" = 1 ] || return 1 ;;
        floor) is_count "$a" || [ "$a" = -1 ] || return 1 && t_floor=$a ;;
        pool) is_count "$a" || [ "$a" = -1 ] || return 1 && t_pool="$a $b" ;;
        host) is_count "$a" || [ "$a" = -1 ] || return 1 && t_host="$a $b" ;;
        vm) is_count "$b" || return 1 && [ -n "$c" ] || return 1 ;;
        end) ended=yes ;;
        *) return 1 ;;
        esac
    done <"$S/tokens"
    [ $ended = yes ] && [ -n "$t_floor" ]
} 2>/dev/null

damaged() {
    refuse NOT_POSSIBLE_HERE "nothing was done: $S/tokens is damaged. If no act can be under way, remove it and run: paramedic host adopt"
}

# A lock of its own, for moments only, because a hold must be told while an act holds the host's lock for minutes.
lock_tokens() {
    tries=0
    exec 7>>"$S/tokens.lock"
    until flock -n 7; do
        tries=$((tries + 1))
        [ $tries -lt 30 ] || refuse HOST_BUSY "somebody holds $S/tokens.lock on this host"
        nap
    done
}

nap() {
    sleep 0.1 2>/dev/null || sleep 1
}

refuse_old_token() {
    judge_token || damaged
    [ -z "$late" ] || refuse TOKEN_NOT_NEWER "token $token is not newer than the last one for $late"
}

record_token() {
    lock_tokens
    refuse_old_token
    put "$S/tokens" "$kept" || no_room
    exec 7>&-
}

# Whether files can be opened for writing is tried in a subshell: a failing exec would end this one.
can_lock() {
    command -v flock >/dev/null && command -v setsid >/dev/null ||
        refuse NOT_POSSIBLE_HERE "nothing was done: this host has no flock or no setsid (package util-linux), without which an act cannot be kept single"
    (: >>"$S/lock" && : >>"$S/tokens.lock") 2>/dev/null || no_room
}

lock() {
    exec 9>>"$S/lock"
    flock -n 9 && locked=yes
}

lock_is_free() {
    [ $locked = yes ] || (flock -n 8) 8>>"$S/lock"
}
