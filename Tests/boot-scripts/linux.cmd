# Starts Linux on Example Demo 2.
# Composed by ctboot from Templates/linux.cmd; boot.scr holds this text for U-Boot.
# `ctboot emulate` reads this line and the one with STOPPED.
echo "ctboot: boot script of demo"

# The memory map was checked with these; another setting would move tree and RAM disk.
setenv bootm_low 0x40000000
setenv bootm_size 0x10000000
setenv bootm_mapsize
setenv fdt_high
setenv initrd_high
setenv bootargs 'console=ttyS0,115200 a;b cost=$5 ${x} "it'\''s" path=C:\\dir #1 &|'
# A line bootargs=... in ctboot.env replaces the one above.
if test -e ${devtype} ${devnum}:${distro_bootpart} ctboot.env; then
  if load ${devtype} ${devnum}:${distro_bootpart} 0x43000000 ctboot.env 0x00004000; then
    env import -t -r 0x43000000 ${filesize} bootargs
  fi
fi

setenv ctboot_fault
if test -z "${ctboot_fault}"; then
  if load ${devtype} ${devnum}:${distro_bootpart} 0x44000000 kernel; then
    if test "${filesize}" = "532200"; then
      echo "ctboot: loaded Linux at 0x44000000"
    else
      setenv ctboot_fault "kernel has 0x${filesize} bytes instead of 0x532200"
    fi
  else
    setenv ctboot_fault "kernel (Linux) could not be loaded"
  fi
fi
if test -z "${ctboot_fault}"; then
  if load ${devtype} ${devnum}:${distro_bootpart} 0x46000000 initrd; then
    if test "${filesize}" = "13a600"; then
      echo "ctboot: loaded initial RAM disk at 0x46000000"
    else
      setenv ctboot_fault "initrd has 0x${filesize} bytes instead of 0x13a600"
    fi
  else
    setenv ctboot_fault "initrd (initial RAM disk) could not be loaded"
  fi
fi
if test -z "${ctboot_fault}"; then
  echo "ctboot: starting Linux"
  bootz 0x44000000 0x46000000:13a600 0x43000000
  setenv ctboot_fault "bootz did not start Linux"
fi
# A bootz that works does not come back.
echo "ctboot: STOPPED: ${ctboot_fault}"
