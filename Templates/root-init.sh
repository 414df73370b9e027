#!/bin/busybox sh
# The first program of a Linux that has a root file system: it loads the modules that finding the
# root takes, waits for it, mounts it, and hands over to its init.
# A file Templates/root-init.sh beside a project's ctboot.yaml takes its place.
#
#   /etc/ctboot/modules       what to load, in this order: `need NAME` or `try NAME`, a line each
#   /etc/ctboot/filesystems   what root= may hold where rootfstype= does not say it
#   /lib/modules/NAME.ko      the modules, unpacked
#
# Of the kernel's command line it takes root=, rootfstype=, rootflags=, ro, rw, rootdelay=, rootwait,
# rootwait=SECONDS, init=, nfsroot= and ip=, with the meaning that they have in Linux; but rootwait
# ends after three minutes, and without it a root has thirty seconds to appear.
export PATH=/bin HOME=/root TERM=linux
/bin/busybox mkdir -p /proc /sys /dev /run /tmp /root /bin /mnt
/bin/busybox --install -s /bin

say() { echo "ctboot-init: $*"; }

# Says which step failed and gives a shell; when that ends, all is tried again.
stop() {
  say "STOPPED: $*"
  say "block devices: $(block_devices)"
  say "a shell follows; type \`exit\` to try again"
  cd /root
  setsid cttyhack sh
  cd /
  umount /mnt 2>/dev/null
  exec /init $arguments
}

block_devices() {
  local block list=
  for block in /sys/class/block/*; do
    [ -e "$block/uevent" ] || continue
    list="$list ${block##*/} ($(($(cat "$block/size") / 2)) KiB)"
  done
  echo "${list:- none}" | sed 's/^ //'
}

mounted() { grep -q " $1 " /proc/mounts 2>/dev/null; }

mount_kernel_folders() {
  mounted /proc || mount -t proc proc /proc
  mounted /sys || mount -t sysfs sysfs /sys
  mounted /dev || mount -t devtmpfs devtmpfs /dev || say "the kernel has no devtmpfs"
  # Kernel messages would otherwise break into these lines; the root's init gets the level back.
  # It stays known when all is tried again.
  [ -n "$ctboot_level" ] || read -r ctboot_level rest </proc/sys/kernel/printk
  export ctboot_level
  echo 4 >/proc/sys/kernel/printk
}

read_command_line() {
  root= types= flags= mode=ro wait=30 delay=0 init= nfsroot= ip=
  local word
  set -f
  for word in $(cat /proc/cmdline); do
    case $word in
      --) break ;;
      root=*) root=${word#*=} ;;
      rootfstype=*) types=${word#*=} ;;
      rootflags=*) flags=${word#*=} ;;
      rootdelay=*) delay=${word#*=} ;;
      # A card's driver under Xen in an emulator may take more than a minute of the guest's time.
      rootwait) wait=180 ;;
      rootwait=*) wait=${word#*=} ;;
      init=*) init=${word#*=} ;;
      nfsroot=*) nfsroot=${word#*=} ;;
      ip=*) ip=${word#*=} ;;
      ro | rw) mode=$word ;;
    esac
  done
  set +f
}

load_modules() {
  local kind name reason failed=
  say "loading $(wc -l </etc/ctboot/modules) modules"
  while read -r kind name; do
    [ -d "/sys/module/$name" ] && continue
    reason=$(insmod "/lib/modules/$name.ko" 2>&1) && continue
    # A driver that is only tried may find that this machine has not what it drives.
    [ "$kind" = try ] && continue
    failed="$failed $name"
    say "cannot load $name: ${reason#insmod: }"
  done </etc/ctboot/modules
  [ -z "$failed" ] || say "not loaded:$failed"
}

# The bytes at an offset of a device, as hexadecimal digits: bytes_at DEVICE OFFSET COUNT
bytes_at() {
  dd if="$1" bs=1 skip="$2" count="$3" 2>/dev/null | hexdump -v -e '1/1 "%02x"'
}

# The digits of an integer that is stored with its lowest byte first.
turned() {
  local digits=$1 out=
  while [ -n "$digits" ]; do
    out=${digits:0:2}$out
    digits=${digits:2}
  done
  echo "$out"
}

# The id of a partition as the kernel writes it, from its disk's table: partition_id NAME
partition_id() {
  local name=$1 number disk start entry size id
  read -r number <"/sys/class/block/$name/partition"
  disk=$(readlink -f "/sys/class/block/$name/..")
  disk=/dev/${disk##*/}
  if [ "$(bytes_at "$disk" 512 8)" = 4546492050415254 ]; then
    start=$((0x$(turned "$(bytes_at "$disk" 584 8)") * 512))
    size=$((0x$(turned "$(bytes_at "$disk" 596 4)")))
    id=$(bytes_at "$disk" $((start + (number - 1) * size + 16)) 16)
    entry=$(turned "${id:0:8}")-$(turned "${id:8:4}")-$(turned "${id:12:4}")
    echo "$entry-${id:16:4}-${id:20}"
  else
    printf '%s-%02x\n' "$(turned "$(bytes_at "$disk" 440 4)")" "$number"
  fi
}

# The name of the partition with this id; newer kernels say it themselves.
named_by_id() {
  local wanted block name number=
  wanted=$(echo "$1" | tr A-F a-f)
  # Of an MBR, the id tells which partition it is; starting programs is slow on an emulated board.
  case $wanted in ????????-??) number=$((0x${wanted#*-})) ;; esac
  for block in /sys/class/block/*; do
    [ -e "$block/partition" ] || continue
    [ -z "$number" ] || grep -qx "$number" "$block/partition" || continue
    name=${block##*/}
    if grep -qi "^PARTUUID=$wanted\$" "$block/uevent" ||
      [ "$(partition_id "$name")" = "$wanted" ]; then
      echo "$name"
      return 0
    fi
  done
  return 1
}

# The partition that lies so many places behind another on the same disk.
neighbour() {
  local number block
  number=$(($(cat "/sys/class/block/$1/partition") + $2))
  for block in "/sys/class/block/$1/../"*/partition; do
    [ -e "$block" ] && [ "$(cat "$block")" = "$number" ] || continue
    block=${block%/partition}
    echo "${block##*/}"
    return 0
  done
  return 1
}

# Seconds since the kernel started.
now() {
  local seconds rest
  read -r seconds rest </proc/uptime
  echo "${seconds%.*}"
}

# The device that root= names, once it is there.
find_device() {
  local name= block
  case $root in
    PARTUUID=*/PARTNROFF=*)
      name=${root#PARTUUID=}
      name=$(named_by_id "${name%%/*}") && name=$(neighbour "$name" "${root##*=}") ;;
    PARTUUID=*) name=$(named_by_id "${root#PARTUUID=}") ;;
    PARTLABEL=*)
      block=$(grep -lxF "PARTNAME=${root#PARTLABEL=}" /sys/class/block/*/uevent | head -n 1)
      block=${block%/uevent}
      name=${block##*/} ;;
    UUID=* | LABEL=*)
      device=$(findfs "$root" 2>/dev/null)
      [ -b "$device" ]
      return ;;
    /dev/*) name=${root#/dev/} ;;
    *:*)
      block=$(grep -lxF "$root" /sys/class/block/*/dev | head -n 1)
      block=${block%/dev}
      name=${block##*/} ;;
    *) name=$root ;;
  esac
  device=/dev/$name
  [ -n "$name" ] && [ -b "$device" ]
}

wait_for_device() {
  local end note time
  [ "$delay" = 0 ] || sleep "$delay"
  say "waiting for $root"
  time=$(now)
  end=$((time + wait))
  note=$((time + 10))
  until find_device; do
    time=$(now)
    [ "$time" -lt $end ] || stop "waiting: $root did not appear within $wait seconds"
    if [ "$time" -ge $note ]; then
      say "still waiting; block devices: $(block_devices)"
      note=$((time + 10))
    fi
    sleep 0.2
  done
  say "$root is $device"
}

mount_device() {
  local type reason=
  [ -n "$types" ] || types=$(cat /etc/ctboot/filesystems)
  say "mounting $device"
  for type in $(echo "$types" | tr , ' '); do
    reason=$(mount -t "$type" -o "$mode${flags:+,$flags}" "$device" /mnt 2>&1) && return
  done
  stop "mounting: $device as $types: ${reason##*: }"
}

# An address, by DHCP or as ip=CLIENT:SERVER:GATEWAY:NETMASK:HOST:DEVICE says it.
configure_network() {
  local client server gateway mask host device way end wanted
  client=${ip%%:*}
  # The forms `dhcp` and `on` have no colons; `:::::eth1:dhcp` has an empty client.
  case $ip in
    *:*) IFS=: read -r client server gateway mask host device way <<END
$ip
END
    ;;
  esac
  ifconfig lo 127.0.0.1 up
  say "waiting for a network device"
  wanted=$device
  end=$(($(now) + wait))
  until device=$(network_device "$wanted"); do
    [ "$(now)" -lt $end ] || stop "network: no device appeared within $wait seconds"
    sleep 0.2
  done
  ifconfig "$device" up
  case $client in
    '' | dhcp | on | any | both | bootp | rarp)
      say "asking for an address on $device"
      udhcpc -i "$device" -s /etc/ctboot/dhcp.sh -t 10 -T 3 -n -q >/run/dhcp.log 2>&1 ||
        stop "network: nobody gave $device an address: $(tail -n 1 /run/dhcp.log)" ;;
    *)
      ifconfig "$device" "$client" ${mask:+netmask "$mask"} || stop "network: ip=$ip is refused"
      [ -z "$gateway" ] || route add default gw "$gateway" ;;
  esac
  say "$device has $(ip -4 -o addr show dev "$device" | sed 's/.*inet \([^ ]*\).*/\1/')"
}

network_device() {
  local net
  for net in /sys/class/net/*; do
    net=${net##*/}
    [ "$net" = lo ] && continue
    [ -z "$1" ] || [ "$1" = "$net" ] || continue
    [ -e "/sys/class/net/$net/device" ] || continue
    echo "$net"
    return 0
  done
  return 1
}

# nfsroot=[SERVER:]PATH[,OPTIONS], by the kernel's own NFS client.
mount_nfs() {
  local server path options= tries=0 reason
  case $nfsroot in *,*) options=,${nfsroot#*,} ;; esac
  path=${nfsroot%%,*}
  server=${path%%:*}
  path=${path#*:}
  [ -n "$nfsroot" ] && [ "$server" != "$path" ] || stop "mounting: nfsroot= names no SERVER:/PATH"
  say "mounting $server:$path"
  case $options in *vers=*) ;; *) options=,vers=3$options ;; esac
  until reason=$(
    mount -t nfs -o "$mode,nolock,proto=tcp,addr=$server$options" "$server:$path" /mnt 2>&1
  ); do
    [ $tries -lt 5 ] || stop "mounting: $server:$path: ${reason##*: }"
    sleep 2
    tries=$((tries + 1))
  done
}

# Whether the root has this program; what a link there leads to is the root's own matter.
in_root() { [ -x "/mnt$1" ] || [ -L "/mnt$1" ]; }

start() {
  local place candidate
  if [ -n "$init" ]; then
    in_root "$init" || stop "starting: the root has no $init"
  else
    for candidate in /sbin/init /etc/init /bin/init /bin/sh; do
      in_root "$candidate" && init=$candidate && break
    done
    [ -n "$init" ] || stop "starting: the root has no /sbin/init, /etc/init, /bin/init or /bin/sh"
  fi
  say "starting $init"
  echo "$ctboot_level" >/proc/sys/kernel/printk
  unset ctboot_level
  for place in dev sys proc; do
    if [ -d "/mnt/$place" ]; then
      mount --move "/$place" "/mnt/$place"
    else
      umount -l "/$place"
    fi
  done
  exec switch_root /mnt "$init" "$@"
}

arguments="$*"
mount_kernel_folders
read_command_line
load_modules
[ -n "$root" ] || stop "the kernel's command line has no root="
if [ "$root" = /dev/nfs ]; then
  configure_network
  mount_nfs
else
  wait_for_device
  mount_device
fi
start "$@"
