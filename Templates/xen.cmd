# Starts Xen with dom0 on {{{title}}}.
# Composed by ctboot from Templates/xen.cmd; boot.scr holds this text for U-Boot.
# `ctboot emulate` reads this line and the one with STOPPED.
echo "ctboot: boot script of {{{board}}}"

# The memory map was checked with these; another setting would move the tree.
setenv bootm_low {{{bootm_low}}}
setenv bootm_size {{{bootm_size}}}
setenv bootm_mapsize
setenv fdt_high
setenv initrd_high
# The tree holds both command lines; U-Boot would write this one over them.
setenv bootargs

setenv ctboot_fault
if test "${bootm_boot_mode}" = "sec"; then
  setenv ctboot_fault "bootm_boot_mode is sec, and Xen needs HYP mode"
fi
{{#loads}}
if test -z "${ctboot_fault}"; then
  if load ${devtype} ${devnum}:${distro_bootpart} {{{address}}} {{{file}}}; then
    if test "${filesize}" = "{{{size}}}"; then
      echo "ctboot: loaded {{{name}}} at {{{address}}}"
    else
      setenv ctboot_fault "{{{file}}} has 0x${filesize} bytes instead of 0x{{{size}}}"
    fi
  else
    setenv ctboot_fault "{{{file}}} ({{{name}}}) could not be loaded"
  fi
fi
{{/loads}}
if test -z "${ctboot_fault}"; then
  echo "ctboot: starting Xen"
  bootz {{{xen}}} - {{{tree}}}
  setenv ctboot_fault "bootz did not start Xen"
fi
# A bootz that works does not come back.
echo "ctboot: STOPPED: ${ctboot_fault}"
