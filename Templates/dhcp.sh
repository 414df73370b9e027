#!/bin/busybox sh
# What udhcpc runs when it has got an address, or has lost it: `dhcp.sh bound`.
# A file Templates/dhcp.sh beside a project's ctboot.yaml takes its place.
case $1 in
  deconfig) ifconfig "$interface" 0.0.0.0 ;;
  bound | renew)
    ifconfig "$interface" "$ip" netmask "${subnet:-255.255.255.0}"
    for gateway in $router; do
      route add default gw "$gateway" dev "$interface"
      break
    done ;;
esac
