import BootScriptLint
import Diagnostics
import Testing

/// No rule disappears unnoticed: each is named here once more.
@Suite struct CatalogueTests {
  @Test func everyRuleIsThere() {
    let ids = list.split { $0 == " " || $0 == "\n" }.map(String.init)
    #expect(Set(ids) == Set(ScriptRuleCatalogue.cards.map(\.id.rawValue)))
    #expect(Set(ids).count == ids.count)
  }

  private let list = """
    script-unbalanced-quote script-unclosed-block script-apostrophe-in-quotes
    script-single-operator script-foreign-shell script-line-continuation script-crlf
    script-odd-bytes script-spaced-assignment script-local-not-env script-unquoted-test
    script-unset-variable script-unsupported-expansion script-mixed-and-or script-too-many-words
    script-value-too-long script-exit-does-not-stop script-hash-starts-comment
    script-hex-as-decimal script-unquoted-value script-setenv-equals script-saveenv
    script-run-undefined script-unknown-command script-missing-file script-wrong-filesystem
    script-missing-partition script-partition-hex script-hard-coded-device script-stale-image
    script-bad-image script-shadowed script-uenv-never-read script-load-overlap
    script-load-in-relocation script-load-outside-ram script-no-room-to-unpack
    script-address-form script-stale-filesize script-unguarded-load script-fdt-before-addr
    script-fdt-no-room script-fdt-path script-fdt-cells script-boot-arguments
    script-wrong-boot-command script-secure-boot-mode script-fdt-high script-xen-arguments
    script-tree-name script-overlay-without-symbols uenv-quoted-value uenv-trailing-comment
    uenv-name-space uenv-deletes uenv-duplicate script-left-over
    """
}
