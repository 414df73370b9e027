# Starts Xen on {{{title}}}.
# Composed by ctboot from Templates/xen.cmd; boot.scr holds this text for U-Boot.
# `ctboot emulate` reads this line and the one with STOPPED.
echo "ctboot: boot script of {{{board}}}"

# The memory map was checked with these; another setting would move the tree.
setenv bootm_low {{{bootm_low}}}
setenv bootm_size {{{bootm_size}}}
setenv bootm_mapsize
setenv fdt_high
setenv initrd_high
# Xen has to be entered in HYP mode, whatever an older environment says.
setenv bootm_boot_mode nonsec
# The tree holds all command lines; U-Boot would write this one over them.
setenv bootargs
{{#network}}
setenv serverip {{{server}}}
setenv ipaddr {{{address}}}
{{/network}}
{{#card}}
# Lines such as xen_bootargs=... in {{{overrides}}} replace command lines of the tree.
setenv xen_bootargs
setenv dom0_bootargs
if test -e ${devtype} ${devnum}:${distro_bootpart} {{{overrides}}}; then
  if load ${devtype} ${devnum}:${distro_bootpart} {{{scratch}}} {{{overrides}}} {{{limit}}}; then
    env import -t -r {{{scratch}}} ${filesize} xen_bootargs dom0_bootargs
  fi
fi
{{/card}}
{{#sets}}

{{#another}}
echo "ctboot: ${ctboot_fault}: trying the next set of files"
{{/another}}
setenv ctboot_fault
{{#loads}}
if test -z "${ctboot_fault}"; then
  if {{{load}}} {{{address}}} {{{file}}}; then
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
{{#overrides}}
if test -z "${ctboot_fault}"; then
  if test -n "{{{reference}}}"; then
    fdt addr {{{tree}}}
    fdt resize {{{growth}}}
    if fdt set /chosen {{{property}}} "{{{reference}}}"; then
      echo "ctboot: {{{property}}} comes from {{{origin}}}"
    else
      setenv ctboot_fault "{{{property}}} could not be set"
    fi
  fi
fi
{{/overrides}}
if test -z "${ctboot_fault}"; then
  echo "ctboot: starting Xen"
  bootz {{{entry}}} - {{{tree}}}
  setenv ctboot_fault "bootz did not start Xen"
fi
{{/sets}}
# A bootz that works does not come back.
echo "ctboot: STOPPED: ${ctboot_fault}"
