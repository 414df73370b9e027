import BootImages
import DeviceTree

/// What Xen takes for its console.
enum ConsoleChoice {
  /// `console=` names nothing that an ARM Xen has.
  case off(option: Substring)
  /// Nothing says which UART it is.
  case unnamed
  case named(UART)

  /// The UART that a path or an alias is to mean.
  struct UART {
    /// The path or alias, without its options.
    let name: String
    /// Nil where it leads nowhere.
    let target: NodeID?
    /// The property that names it.
    let property: PropertyID
    /// The node of that property.
    let node: NodeID
    /// It comes from `stdout-path`, not from an option.
    let isFromStdoutPath: Bool
  }
}

extension LintContext {
  /// Without a `console=` it is `dtuart`, in every version for ARM; without a `dtuart=` it is what
  /// `stdout-path` says, since 4.6.
  ///
  /// Source: Xen `xen/drivers/char/console.c`, `console_has`; `xen/drivers/char/uart-init.c`
  /// (`arm-uart.c`, `dt-uart.c`), `dt_uart_init`.
  func findConsole() -> ConsoleChoice {
    // Xen keeps 29 bytes of the option.
    if let option = commandLines.xen?.value("console").map({ Substring($0.utf8.prefix(29)) }),
      !option.split(separator: ",").contains(where: { $0.hasPrefix("dtuart") })
    {
      return .off(option: option)
    }
    return namedUART().map(ConsoleChoice.named) ?? .unnamed
  }

  /// Whether the tree says nothing of Xen, so that a script may yet tell it of another console.
  var isConsoleOpen: Bool { commandLines.xen == nil && !mentionsXen }

  private func namedUART() -> ConsoleChoice.UART? {
    if let line = commandLines.xen, let value = line.value("dtuart"), !value.isEmpty {
      return uart(value, line.node, line.property, isFromStdoutPath: false)
    }
    guard xen >= XenVersion(major: 4, minor: 6), let chosen,
      let property = tree.property(chosen, .stdoutPath),
      let value = tree.string(property), !value.isEmpty
    else { return nil }
    return uart(value[...], chosen, property, isFromStdoutPath: true)
  }

  private func uart(
    _ text: Substring, _ node: NodeID, _ property: PropertyID, isFromStdoutPath: Bool
  ) -> ConsoleChoice.UART {
    // Options stood behind a comma in 4.3, and with a fix to 4.4 and 4.5 behind a colon.
    let endsAtColon = xen >= XenVersion(major: 4, minor: 4)
    let endsAtComma = xen < XenVersion(major: 4, minor: 6)
    let name = Substring(
      text.utf8.prefix { byte in
        !(endsAtColon && byte == UInt8(ascii: ":") || endsAtComma && byte == UInt8(ascii: ","))
      })
    return ConsoleChoice.UART(
      name: String(name),
      target: name.utf8.contains(UInt8(ascii: ":")) ? nil : self.node(named: name),
      property: property, node: node,
      isFromStdoutPath: isFromStdoutPath)
  }

  /// The UART that Xen keeps for itself, which it does even where `console=` names another way out;
  /// nil where it has none, or where what it is told of is no UART that it can drive.
  ///
  /// Source: the same; `xen/common/device.c`, `device_init`.
  func findConsoleNode() -> NodeID? {
    guard let node = namedUART()?.target, isAvailableToXen(node),
      !tree.has(node, .xenPassthrough), hasUARTDriver(node)
    else { return nil }
    return node
  }

  /// Whether Xen takes the node for one that works. It looks at the node alone, not at those around
  /// it.
  ///
  /// Source: Xen `xen/common/device-tree/device-tree.c`, `dt_device_is_available`.
  func isAvailableToXen(_ node: NodeID) -> Bool {
    guard let status = tree.property(node, .status) else { return true }
    let text = tree.value(status).prefix { $0 != 0 }
    return text.elementsEqual("okay".utf8) || text.elementsEqual("ok".utf8)
  }

  /// Whether Xen of the version at hand has a driver for the UART.
  func hasUARTDriver(_ node: NodeID) -> Bool {
    guard let compatible = tree.property(node, .compatible) else { return false }
    return Self.uartDrivers.contains { driver in
      xen >= XenVersion(major: 4, minor: driver.since) && tree.lists(compatible, driver.name)
    }
  }

  /// What the drivers of Xen's `xen/drivers/char` match, with the 4.x that had it first.
  static let uartDrivers: [(name: StaticString, since: Int)] = [
    ("arm,pl011", 3), ("samsung,exynos4210-uart", 3), ("ns16550", 4), ("ns16550a", 4),
    ("snps,dw-apb-uart", 4), ("ti,omap4-uart", 4), ("cdns,uart-r1p8", 6),
    ("cdns,uart-r1p12", 6), ("renesas,scif", 6), ("marvell,armada-3700-uart", 11),
    ("amlogic,meson-uart", 13), ("amlogic,meson6-uart", 13), ("amlogic,meson8-uart", 13),
    ("amlogic,meson8b-uart", 13), ("amlogic,meson-gx-uart", 13),
    ("brcm,bcm2835-aux-uart", 13), ("renesas,scifa", 13), ("renesas,hscif", 17),
    ("fsl,imx8qm-lpuart", 17), ("arm,sbsa-uart", 18), ("fsl,imx8qxp-lpuart", 19),
    ("ti,am654-uart", 19), ("nxp,s32g2-linflexuart", 20), ("nxp,s32g3-linflexuart", 20),
    ("fsl,s32v234-linflexuart", 20), ("fsl,imx6q-uart", 23),
  ]
}
