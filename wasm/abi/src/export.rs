//! The macro that declares what a module exports.

/// Declares functions that the host calls. Each argument is of a type that is an [`Argument`](crate::Argument), and each
/// function gives a `u32`.
///
/// ```
/// provable_wasm_abi::export! {
///     /// Counts the bytes of a text. Gives 1 if the host passed no buffer.
///     pub fn count(text: Option<Vec<u8>>) -> u32 {
///         let Some(text) = text else { return 1 };
///         provable_wasm_abi::answer::set(text.len().to_string().into_bytes());
///         0
///     }
/// }
/// assert_eq!(count(0), 1);
/// ```
#[macro_export]
macro_rules! export {
    ($($(#[$attribute:meta])* pub fn $name:ident($($argument:ident: $type:ty),* $(,)?) -> u32 $body:block)*) => {$(
        $(#[$attribute])*
        // An exported name is unsafe because two equal ones would be one function: a linker refuses that in WebAssembly.
        #[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
        pub extern "C" fn $name($($argument: <$type as $crate::Argument>::Raw),*) -> u32 {
            $(let $argument = <$type as $crate::Argument>::from_raw($argument);)*
            $body
        }
    )*};
}
