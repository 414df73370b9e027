# Starts Xen on Example Demo 2.
# Composed by ctboot from Templates/xen.cmd; boot.scr holds this text for U-Boot.
# `ctboot emulate` reads this line and the one with STOPPED.
echo "ctboot: boot script of demo"

# The memory map was checked with these; another setting would move the tree.
setenv bootm_low 0x40000000
setenv bootm_size 0x10000000
setenv bootm_mapsize
setenv fdt_high
setenv initrd_high
# Xen has to be entered in HYP mode, whatever an older environment says.
setenv bootm_boot_mode nonsec
# The tree holds all command lines; U-Boot would write this one over them.
setenv bootargs
setenv serverip 10.0.0.1
setenv ipaddr 10.0.0.2

setenv ctboot_fault
if test -z "${ctboot_fault}"; then
  if tftpboot 0x42000000 xen; then
    if test "${filesize}" = "116290"; then
      echo "ctboot: loaded Xen at 0x42000000"
    else
      setenv ctboot_fault "xen has 0x${filesize} bytes instead of 0x116290"
    fi
  else
    setenv ctboot_fault "xen (Xen) could not be loaded"
  fi
fi
if test -z "${ctboot_fault}"; then
  if tftpboot 0x44000000 kernel; then
    if test "${filesize}" = "532200"; then
      echo "ctboot: loaded dom0 kernel at 0x44000000"
    else
      setenv ctboot_fault "kernel has 0x${filesize} bytes instead of 0x532200"
    fi
  else
    setenv ctboot_fault "kernel (dom0 kernel) could not be loaded"
  fi
fi
if test -z "${ctboot_fault}"; then
  echo "ctboot: starting Xen"
  bootz 0x42000000 - 0x43000000
  setenv ctboot_fault "bootz did not start Xen"
fi
# A bootz that works does not come back.
echo "ctboot: STOPPED: ${ctboot_fault}"
