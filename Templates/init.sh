#!/bin/busybox sh
# The first program of a Linux that has no root file system, under Xen or without it.
# A file Templates/init.sh beside a project's ctboot.yaml takes its place.
export PATH=/bin HOME=/root TERM=linux
/bin/busybox mkdir -p /proc /sys /dev /run /tmp /root /bin
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev 2>/dev/null
# Kernel messages would otherwise break into what is typed.
echo 4 >/proc/sys/kernel/printk
name=linux
hypervisor="no hypervisor"
if [ -r /sys/hypervisor/type ]; then
  name=dom0
  version=/sys/hypervisor/version
  hypervisor="$(cat /sys/hypervisor/type) $(cat $version/major).$(cat $version/minor)"
fi
# The tree that Xen makes for a guest says of no board what it is, or that it is none.
board=/proc/device-tree/compatible
if [ ! -e $board ] || grep -q xen,xenvm $board; then
  name=guest
fi
hostname $name
# `ctboot emulate` waits for this line before it asks the shell.
echo "ctboot: $name is up: Linux $(uname -r) on $hypervisor"
cd /root
# A shell that ends is followed by another: init itself must never end.
while :; do
  setsid cttyhack sh
done
