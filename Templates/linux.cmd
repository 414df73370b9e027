# Starts Linux on {{{title}}}.
# Composed by ctboot from Templates/linux.cmd; boot.scr holds this text for U-Boot.
# `ctboot emulate` reads this line and the one with STOPPED.
echo "ctboot: boot script of {{{board}}}"

# The memory map was checked with these; another setting would move tree and RAM disk.
setenv bootm_low {{{bootm_low}}}
setenv bootm_size {{{bootm_size}}}
setenv bootm_mapsize
setenv fdt_high
setenv initrd_high
{{#hyp}}
# KVM needs Linux to be entered in HYP mode, whatever an older environment says.
setenv bootm_boot_mode nonsec
{{/hyp}}
setenv bootargs {{{arguments}}}
{{#network}}
setenv serverip {{{server}}}
setenv ipaddr {{{address}}}
{{/network}}
{{#card}}
# A line bootargs=... in {{{overrides}}} replaces the one above.
if test -e ${devtype} ${devnum}:${distro_bootpart} {{{overrides}}}; then
  if load ${devtype} ${devnum}:${distro_bootpart} {{{scratch}}} {{{overrides}}} {{{limit}}}; then
    env import -t -r {{{scratch}}} ${filesize} bootargs
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
if test -z "${ctboot_fault}"; then
  echo "ctboot: starting Linux"
  bootz {{{entry}}} {{{initrd}}} {{{tree}}}
  setenv ctboot_fault "bootz did not start Linux"
fi
{{/sets}}
# A bootz that works does not come back.
echo "ctboot: STOPPED: ${ctboot_fault}"
