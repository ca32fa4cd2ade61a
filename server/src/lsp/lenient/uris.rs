//! URIs as the types of the protocol take them (RFC 3986): every other character is percent-encoded. Clients also send
//! brackets and carets unencoded, as the URL standard of the web allows, spaces and letters of any script, and plain
//! paths.

use std::fmt::Write;
use tower_lsp_server::ls_types::Uri;

/// The URI that a client means by a text that is no valid URI. None if the text is valid. A path with a drive is repaired
/// although it parses as a URI whose scheme is the drive.
pub fn encoded(text: &str) -> Option<String> {
    if drive(text).is_none() && text.parse::<Uri>().is_ok() {
        return None;
    }
    let (scheme, rest) = split_scheme(text);
    let (authority, path, tail) = match scheme {
        Some(scheme) => {
            let rest = if scheme.eq_ignore_ascii_case("file") {
                slashes(rest)
            } else {
                rest.to_owned()
            };
            let (rest, tail) = split_tail(&rest);
            match rest.strip_prefix("//") {
                Some(after) => {
                    let end = after.find('/').unwrap_or(after.len());
                    let (authority, path) = after.split_at(end);
                    (Some(authority.to_owned()), path.to_owned(), tail)
                }
                None => (None, rest.to_owned(), tail),
            }
        }
        // A plain path has no query: `?` and `#` are part of names.
        None => match plain(text) {
            Some((authority, path)) => (Some(authority), path, String::new()),
            None => (None, text.to_owned(), String::new()),
        },
    };
    let is_plain = scheme.is_none();
    let scheme = scheme.unwrap_or(match authority {
        Some(_) => "file",
        None => "untitled",
    });
    // In a plain path a percent sign is part of a name.
    let path = match is_plain {
        true => path.replace('%', "%25"),
        false => path,
    };
    let build = |authority_kept: &str| {
        let mut out = format!("{scheme}:");
        if let Some(authority) = &authority {
            out.push_str("//");
            push(&mut out, authority, authority_kept);
        }
        push(&mut out, &path, "/");
        out.push_str(&tail);
        out
    };
    // Brackets and a port are kept if the result parses; else they are encoded as part of a name.
    let mut built = [":@[]", ""].into_iter().map(build);
    built.find(|one| one.parse::<Uri>().is_ok())
}

/// Whether a text is a URI or an absolute path, in any spelling.
pub fn is_address(text: &str) -> bool {
    split_scheme(text).0.is_some() || plain(text).is_some()
}

/// The rest of a path such as `C:\w` or `c:/w` after its drive.
fn drive(text: &str) -> Option<&str> {
    let after = text.strip_prefix(|c: char| c.is_ascii_alphabetic())?;
    let rest = after.strip_prefix(':')?;
    (rest.is_empty() || rest.starts_with(['/', '\\'])).then_some(rest)
}

/// Splits at the first colon if a scheme is before it. A single letter is a drive and no scheme.
fn split_scheme(text: &str) -> (Option<&str>, &str) {
    let is_scheme = |scheme: &str| {
        scheme.len() > 1
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    };
    match text.split_once(':') {
        Some((scheme, rest)) if is_scheme(scheme) => (Some(scheme), rest),
        _ => (None, text),
    }
}

/// Turns backslashes into slashes in a path with a drive or a server, where they are separators. In other paths they are
/// part of names.
fn slashes(rest: &str) -> String {
    let start = rest.trim_start_matches(['/', '\\']);
    let is_windows = drive(start).is_some() || rest.starts_with('\\');
    match is_windows && rest.contains('\\') {
        true => rest.replace('\\', "/"),
        false => rest.to_owned(),
    }
}

/// Server and path of a plain path: `/w/x`, `C:\w\x`, `\\server\x`.
fn plain(text: &str) -> Option<(String, String)> {
    if drive(text).is_some() {
        return Some((String::new(), format!("/{}", text.replace('\\', "/"))));
    }
    if let Some(share) = text.strip_prefix(r"\\") {
        let share = share.replace('\\', "/");
        let end = share.find('/').unwrap_or(share.len());
        let (server, path) = share.split_at(end);
        return Some((server.to_owned(), path.to_owned()));
    }
    text.starts_with('/')
        .then(|| (String::new(), text.to_owned()))
}

/// Splits off the query and the fragment, and encodes them.
fn split_tail(rest: &str) -> (&str, String) {
    let end = rest.find(['?', '#']).unwrap_or(rest.len());
    let (path, tail) = rest.split_at(end);
    let mut out = String::new();
    let (query, fragment) = match tail.split_once('#') {
        Some((query, fragment)) => (query, Some(fragment)),
        None => (tail, None),
    };
    push(&mut out, query, "/?:@!$&'()*+,;=");
    if let Some(fragment) = fragment {
        out.push('#');
        push(&mut out, fragment, "/?:@!$&'()*+,;=");
    }
    (path, out)
}

/// Writes a part and encodes every character except letters, digits, `-._~`, those of `kept`, and percent-encoded ones.
fn push(out: &mut String, part: &str, kept: &str) {
    let bytes = part.as_bytes();
    for (at, c) in part.char_indices() {
        let is_code = || {
            let digits = bytes.get(at + 1..at + 3);
            digits.is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit))
        };
        let stays = c.is_ascii_alphanumeric()
            || matches!(c, '-' | '.' | '_' | '~')
            || kept.contains(c)
            || (c == '%' && is_code());
        if stays {
            out.push(c);
            continue;
        }
        for byte in c.encode_utf8(&mut [0; 4]).bytes() {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_clients_become_the_uris_that_they_mean() {
        let cases = [
            ("file:///w/[slug]/x.prov", "file:///w/%5Bslug%5D/x.prov"),
            ("file:///w/a b|c^d.prov", "file:///w/a%20b%7Cc%5Ed.prov"),
            ("file:///w/é/x.prov", "file:///w/%C3%A9/x.prov"),
            ("file:///w/50%/[x%5b.prov", "file:///w/50%25/%5Bx%5b.prov"),
            ("file:///w/a\\b.prov", "file:///w/a%5Cb.prov"),
            (r"file:///C:\w\x.prov", "file:///C%3A/w/x.prov"),
            (r"file:\\\C:\w\x.prov", "file:///C%3A/w/x.prov"),
            (r"C:\w\a b.prov", "file:///C%3A/w/a%20b.prov"),
            ("c:/w/x.prov", "file:///c%3A/w/x.prov"),
            (r"\\server\share\x.prov", "file://server/share/x.prov"),
            ("/w/x.prov", "file:///w/x.prov"),
            ("/w/what?#1.prov", "file:///w/what%3F%231.prov"),
            ("/w/a%20b%5b.prov", "file:///w/a%2520b%255b.prov"),
            (r"C:\w\%41.prov", "file:///C%3A/w/%2541.prov"),
            ("x.prov", "untitled:x.prov"),
            ("", "untitled:"),
            ("untitled:Untitled 1", "untitled:Untitled%201"),
            ("file://[slug]/x.prov", "file://%5Bslug%5D/x.prov"),
            (
                "git:/w/[a].prov?{\"ref\":\"~\"}",
                "git:/w/%5Ba%5D.prov?%7B%22ref%22:%22~%22%7D",
            ),
            ("file:///w/a.prov#L1#2[", "file:///w/a.prov#L1%232%5B"),
        ];
        for (written, meant) in cases {
            assert_eq!(encoded(written).as_deref(), Some(meant), "{written}");
        }
        for strict in [
            "file:///w/a%20b.prov",
            "file:///w/a+(b).prov",
            "untitled:Untitled-1",
            "file://[::1]/x",
        ] {
            assert_eq!(encoded(strict), None);
        }
    }

    #[test]
    fn an_absolute_path_is_an_address_and_plain_words_are_not() {
        for address in ["file:x", "/w/x", r"C:\w", r"\\server\x", "untitled:a b"] {
            assert!(is_address(address), "{address}");
        }
        for other in ["", "not a uri", "x.prov", "7:x"] {
            assert!(!is_address(other), "{other}");
        }
    }

    proptest! {
        #[test]
        fn any_text_becomes_a_valid_uri_that_is_not_changed_again(text in prop_oneof![
            any::<String>(),
            "(file:|untitled:|git:|c:|C:)?[/\\\\]{0,3}[a-c:@%0-9\\[\\]?#é^ \\\\/.]{0,20}",
        ]) {
            let uri = encoded(&text).unwrap_or(text);
            prop_assert!(uri.parse::<Uri>().is_ok(), "{uri:?}");
            prop_assert_eq!(encoded(&uri), None);
        }

        #[test]
        fn the_path_that_a_client_means_is_kept(name in "[a-z \\[\\]^|é{}<>\"`]{1,12}") {
            let written = format!("file:///w/{name}.prov");
            let uri: Uri = encoded(&written).unwrap_or(written).parse().unwrap();
            let path = uri.to_file_path().unwrap().into_owned();
            prop_assert!(path.ends_with(format!("{name}.prov")), "{path:?}");
        }
    }
}
