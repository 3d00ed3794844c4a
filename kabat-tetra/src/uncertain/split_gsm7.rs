use crate::text::{CodedText, CodingScheme};

/// Parts a GSM 7-bit text packed as in SMS into the characters of each part of a long message.
///
/// Each part but the last is a multiple of eight septets, that is of seven octets, so that the octets of all parts
/// together are the octets of the whole. Whether terminals put fill bits between a user data header and septets, as SMS
/// does, is not known; these parts have none. A character of the extension table may be parted, and is whole again when
/// the parts are joined. `None` for another scheme or fewer than seven octets; for those see [`split`](crate::split).
///
/// ```
/// use kabat_tetra::{CodedText, CodingScheme, uncertain::split_gsm7};
///
/// let mut room = [0; 32];
/// let text = CodedText::encode("Gaslek Kerkstraat 3", CodingScheme::GSM_7_BIT, &mut room)?;
/// let parts: Vec<String> = split_gsm7(text, 10).into_iter().flatten().map(|part| part.to_string_lossy()).collect();
/// assert_eq!(parts, ["Gaslek K", "erkstraa", "t 3"]);
/// # Ok::<(), kabat_tetra::EncodeError>(())
/// ```
pub fn split_gsm7(
    text: CodedText<'_>,
    most_octets: usize,
) -> Option<impl Iterator<Item = CodedText<'_>>> {
    let octets = most_octets.checked_sub(most_octets % 7)?;
    if text.scheme != CodingScheme::GSM_7_BIT || octets == 0 {
        return None;
    }
    let most = octets.saturating_mul(8);
    let mut rest = text.body;
    Some(core::iter::from_fn(move || {
        let bits = rest.len().min(most);
        if bits == 0 {
            return None;
        }
        let part = rest.slice(0, bits)?;
        rest = rest.slice(bits, rest.len().saturating_sub(bits))?;
        Some(CodedText::new(CodingScheme::GSM_7_BIT, part))
    }))
}
