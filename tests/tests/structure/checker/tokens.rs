//! The paths in a macro's tokens, whose grammar is the macro's own: read as expressions where they are, else by the look.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Macro, Meta, Token};

/// A macro's tokens, as far as they can be read.
pub enum Parsed {
    /// Expressions with commas between them.
    Expressions(Vec<Expr>),
    /// Something else, and what looks like a path in it.
    Tokens(Vec<Vec<String>>),
}

/// Reads the tokens of a macro call or definition.
pub fn parse(call: &Macro) -> Parsed {
    let expressions = Punctuated::<Expr, Token![,]>::parse_terminated;
    match expressions.parse2(call.tokens.clone()) {
        Ok(expressions) => Parsed::Expressions(expressions.into_iter().collect()),
        Err(_) => Parsed::Tokens(paths(call.tokens.clone())),
    }
}

/// What looks like a path in an attribute. `serde` takes some as strings.
pub fn of_attribute(attribute: &Attribute) -> Vec<Vec<String>> {
    let Meta::List(list) = &attribute.meta else {
        return Vec::new();
    };
    let lints = ["allow", "cfg", "deny", "expect", "forbid", "warn"];
    if lints.iter().any(|name| list.path.is_ident(name)) {
        return Vec::new();
    }
    let mut found = paths(list.tokens.clone());
    if list.path.is_ident("serde") {
        for token in list.tokens.clone() {
            if let TokenTree::Literal(literal) = token
                && let Ok(text) = syn::parse_str::<syn::LitStr>(&literal.to_string())
                && let Ok(tokens) = text.value().parse()
            {
                found.extend(paths(tokens));
            }
        }
    }
    found
}

/// What looks like a path: names with `::` between them, or one name that is no field, method, key or variable of the macro.
fn paths(tokens: TokenStream) -> Vec<Vec<String>> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            TokenTree::Group(group) => {
                found.extend(paths(group.stream()));
                at += 1;
            }
            TokenTree::Ident(_) => {
                let (path, end) = path_at(&tokens, at);
                if !is_something_else(&tokens, at, end, path.len()) {
                    found.extend(with_group(path, tokens.get(end..).unwrap_or_default()));
                }
                at = end;
            }
            _ => at += 1,
        }
    }
    found
}

/// The names from a place on, and the place behind them.
fn path_at(tokens: &[TokenTree], mut at: usize) -> (Vec<String>, usize) {
    let mut path = Vec::new();
    while let Some(TokenTree::Ident(name)) = tokens.get(at) {
        path.push(name.to_string());
        at += 1;
        let goes_on =
            is_colons(tokens, at) && matches!(tokens.get(at + 2), Some(TokenTree::Ident(_)));
        if !goes_on {
            break;
        }
        at += 2;
    }
    (path, at)
}

/// The paths of `use a::{b, c}` in a macro, which is the one place where a group goes on with a path.
fn with_group(path: Vec<String>, behind: &[TokenTree]) -> Vec<Vec<String>> {
    if let Some(TokenTree::Group(group)) = behind.get(2)
        && is_colons(behind, 0)
        && group.delimiter() == Delimiter::Brace
    {
        let inner = paths(group.stream()).into_iter();
        return inner.map(|inner| [path.clone(), inner].concat()).collect();
    }
    vec![path]
}

fn is_something_else(tokens: &[TokenTree], start: usize, end: usize, names: usize) -> bool {
    let before = |back: usize| start.checked_sub(back).and_then(|at| tokens.get(at));
    let is_field = is(before(1), '.') && !is(before(2), '.');
    // `$crate` is the one name behind a `$` that is not the macro's own.
    let is_parameter =
        is(before(1), '$') && !matches!(&tokens[start], TokenTree::Ident(name) if name == "crate");
    let is_outside = is(before(1), ':') && is(before(2), ':');
    let is_declared =
        matches!(before(1), Some(TokenTree::Ident(word)) if word == "let" || word == "fn");
    let is_key = names == 1
        && (is(tokens.get(end), ':')
            || is(tokens.get(end), '=') && !ends_sign(tokens.get(end + 1)))
        && !is_colons(tokens, end);
    is_field || is_parameter || is_outside || is_declared || is_key
}

/// Whether a `=` before it begins `==` or `=>`, and so gives no key its value.
fn ends_sign(token: Option<&TokenTree>) -> bool {
    is(token, '=') || is(token, '>')
}

fn is_colons(tokens: &[TokenTree], at: usize) -> bool {
    is(tokens.get(at), ':') && is(tokens.get(at + 1), ':')
}

fn is(token: Option<&TokenTree>, sign: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == sign)
}
