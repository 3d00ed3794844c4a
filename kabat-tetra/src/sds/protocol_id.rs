open_code! {
    /// Protocol identifier of SDS type 4 user data, 8 bits; every value is kept.
    ///
    /// From `0x80` on an SDS-TL header follows. EN 300 392-2, clause 29.4.3.9; the ranges `0x40`-`0x7E` and
    /// `0xC0`-`0xFE` are registered for user applications.
    pub struct ProtocolId;
    OTAK = 0x01 => "otak",
    SIMPLE_TEXT = 0x02 => "simple-text",
    SIMPLE_LOCATION_SYSTEM = 0x03 => "simple-location-system",
    WDP = 0x04 => "wdp",
    WCMP = 0x05 => "wcmp",
    MANAGED_DMO = 0x06 => "managed-dmo",
    PIN_AUTHENTICATION = 0x07 => "pin-authentication",
    END_TO_END_ENCRYPTED = 0x08 => "end-to-end-encrypted",
    SIMPLE_IMMEDIATE_TEXT = 0x09 => "simple-immediate-text",
    LIP = 0x0A => "lip",
    NET_ASSIST = 0x0B => "net-assist",
    CONCATENATED = 0x0C => "concatenated-sds",
    DOTAM = 0x0D => "dotam",
    SIMPLE_AGNSS = 0x0E => "simple-a-gnss",
    TEXT_TL = 0x82 => "text",
    LOCATION_SYSTEM_TL = 0x83 => "location-system",
    WDP_TL = 0x84 => "wdp-tl",
    WCMP_TL = 0x85 => "wcmp-tl",
    MANAGED_DMO_TL = 0x86 => "managed-dmo-tl",
    END_TO_END_ENCRYPTED_TL = 0x88 => "end-to-end-encrypted-tl",
    IMMEDIATE_TEXT_TL = 0x89 => "immediate-text",
    USER_DATA_HEADER_TL = 0x8A => "message-with-user-data-header",
    CONCATENATED_TL = 0x8C => "concatenated-sds-tl",
    AGNSS_TL = 0x8D => "a-gnss-tl",
    CALL_OUT_TL = 0xC3 => "call-out",
    HOME_MODE_DISPLAY_TL = 0xCC => "home-mode-display",
    HOME_MODE_DISPLAY_VENDOR_TL = 0xDC => "home-mode-display-vendor",
}

impl ProtocolId {
    /// Returns whether an SDS-TL header follows the identifier.
    pub const fn has_transport_layer(self) -> bool {
        self.0 >= 0x80
    }

    /// Returns whether the value lies in a range registered for user applications.
    pub const fn is_user_application(self) -> bool {
        matches!(self.0, 0x40..=0x7E | 0xC0..=0xFE)
    }
}
