import DeviceTree

extension DTCChange {
  static let ofLinks =
    [
      // It also wanted `#address-cells` in each controller, and did not mind `#interrupt-cells`
      // elsewhere.
      DTCChange("interrupt_provider", since: DTCVersion(1, 7, 0)) { tree, node in
        let takesInterrupts = tree.has(node, .interruptController) || tree.has(node, .interruptMap)
        return takesInterrupts ? !tree.has(node, .addressCells) : tree.has(node, .interruptCells)
      },
      // There was no such check; then it looked at phandles only, then at all but controllers
      // without `#address-cells`.
      DTCChange("interrupt_map", since: DTCVersion(1, 8, 0)) { tree, node in
        tree.has(node, .interruptMap)
      },
      // It crashed.
      DTCChange("graph_nodes", since: DTCVersion(1, 7, 1)) { _, _ in true },
    ]
    + ofOverlays.map {
      // It did not see that a blob is an overlay, and looked for the nodes of the tree below in it.
      DTCChange($0, since: DTCVersion(1, 8, 0)) { tree, _ in
        tree.child(.root, "__fixups__") != nil || tree.child(.root, "__local_fixups__") != nil
      }
    }

  private static let ofOverlays = [
    "alias_paths", "clocks_property", "cooling_device_property", "dmas_property", "gpios_property",
    "graph_endpoint", "graph_port", "hwlocks_property", "interrupt_map",
    "interrupts_extended_property", "interrupts_property", "io_channels_property",
    "iommus_property", "mboxes_property", "msi_parent_property", "mux_controls_property",
    "phys_property", "power_domains_property", "pwms_property", "resets_property",
    "sound_dai_property", "thermal_sensors_property",
  ]
}
