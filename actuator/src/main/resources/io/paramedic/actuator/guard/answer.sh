# Paramedic's host guard. It stands between an actuator and a host: it lets an act through at most once for each command,
# only under the host's lock, with the newest token, in the boot and on the domain that the command names.
# Usage: guard.sh VERB [KEY=VALUE]...; GuardCall builds the words and GuardAnswer reads what is printed.
# It is sent along with each call, without these comments; single quotes are dear there, because each is quoted twice.
set -fu
umask 077
LC_ALL=C
PATH=$PATH:/usr/sbin:/sbin:/opt/xensource/bin
export LC_ALL PATH
S=${PARAMEDIC_STATE:-/var/lib/paramedic}
nl="
"
verb=${1-}
[ $# -eq 0 ] || shift
id=- log="" token="" level="" key=- host="" boot="" deadline="" domid="" handle="" states="" vm="" act="" path="" sha="" task=""
wait=0 newest="" adopt=no stack="" now="" now_boot="" why="" locked=no reserved=no status="" host_uuid=""

is_count() {
    case $1 in "" | *[!0-9]* | 0?* | ???????????????????*) return 1 ;; esac
}

is_uuid() {
    case $1 in
    *[!0-9a-f-]*) return 1 ;;
    ????????-????-????-????-????????????) ;;
    *) return 1 ;;
    esac
}

# The host's own time: boot id, and uptime in hundredths of a second.
clock() {
    now=""
    now_boot=$(cat /proc/sys/kernel/random/boot_id 2>/dev/null)
    up=$(cat /proc/uptime 2>/dev/null)
    up=${up%% *}
    is_uuid "$now_boot" && is_count "${up%.*}" || return 1
    case ${up#"${up%.*}"} in .[0-9][0-9]) now=$((${up%.*} * 100 + 1${up#*.} - 100)) ;; *) return 1 ;; esac
}

hex() {
    od -An -v -tx1 | tr -d " \n"
}

# Free text may hold anything, so it travels as the hexadecimal digits of its bytes.
field() {
    printf "%s %s\n" "$1" "$(printf %s "$2" | hex)"
}

answer() {
    printf "paramedic-guard 1 begin %s\n" "$id"
    ! clock || printf "time %s %s\n" "$now_boot" "$now"
    printf "answer %s\n" "$*"
}

finish() {
    printf "paramedic-guard 1 end %s\n" "$id"
    exit 0
}

refuse() {
    answer refused "$1"
    field text "$2"
    finish
}
