//! The macro for the exports of this crate itself.

/// Gives functions of this crate exported names.
macro_rules! exported {
    ($($(#[$attribute:meta])* pub extern "C" fn $name:ident($($argument:ident: $type:ty),*) $(-> $answer:ty)? $body:block)*) => {$(
        $(#[$attribute])*
        #[cfg_attr(target_family = "wasm", allow(unsafe_code), unsafe(no_mangle))]
        pub extern "C" fn $name($($argument: $type),*) $(-> $answer)? $body
    )*};
}
pub(crate) use exported;
