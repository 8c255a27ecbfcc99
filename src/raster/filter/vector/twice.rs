//! Functions that there are twice: for AVX2 and for any processor, chosen when they are called.

/// Defines a function that is compiled twice: for this processor's vectors, if it has them, and for
/// any.
macro_rules! with_vectors {
    ($(#[$doc:meta])* $name:ident => $any:path, ($($arg:ident: $kind:ty),*)) => {
        $(#[$doc])*
        pub(super) fn $name($($arg: $kind),*) {
            #[cfg(target_arch = "x86_64")]
            if is_available() {
                // SAFETY: the processor has what the function asks for.
                #[expect(unsafe_code, reason = "what it asks for is there")]
                unsafe {
                    avx2::$name($($arg),*);
                }
                return;
            }
            $any($($arg),*);
        }
    };
}

pub(super) use with_vectors;

/// Defines a function that is compiled twice like these, whose body is safe and the same for both: the
/// compiler finds the vectors. Sums come out alike, since it never changes their order.
macro_rules! compiled_twice {
    (
        $(#[$doc:meta])*
        $vis:vis fn $name:ident$(<const $n:ident: usize>)?(
            $($arg:ident: $kind:ty),* $(,)?
        ) $(-> $out:ty)? $body:block
    ) => {
        $(#[$doc])*
        $vis fn $name$(<const $n: usize>)?($($arg: $kind),*) $(-> $out)? {
            #[inline(always)]
            fn any$(<const $n: usize>)?($($arg: $kind),*) $(-> $out)? $body
            #[cfg(target_arch = "x86_64")]
            if $crate::raster::has_vectors() {
                #[target_feature(enable = "avx2")]
                fn vectors$(<const $n: usize>)?($($arg: $kind),*) $(-> $out)? {
                    any$(::<$n>)?($($arg),*)
                }
                // SAFETY: the processor has what the function asks for.
                #[expect(unsafe_code, reason = "what it asks for is there")]
                return unsafe { vectors$(::<$n>)?($($arg),*) };
            }
            any$(::<$n>)?($($arg),*)
        }
    };
}
pub(crate) use compiled_twice;

/// Defines a function that has a body of its own for these vectors, which is safe too.
macro_rules! with_own_vectors {
    (
        $(#[$doc:meta])*
        $vis:vis fn $name:ident$(<const $n:ident: usize>)?(
            $($arg:ident: $kind:ty),* $(,)?
        ) -> $out:ty = $any:path, $vectors:path
    ) => {
        $(#[$doc])*
        $vis fn $name$(<const $n: usize>)?($($arg: $kind),*) -> $out {
            #[cfg(target_arch = "x86_64")]
            if $crate::raster::has_vectors() {
                // A safe function that asks for no more than these can be called here.
                #[target_feature(enable = "avx2")]
                fn vectors$(<const $n: usize>)?($($arg: $kind),*) -> $out {
                    $vectors($($arg),*)
                }
                // SAFETY: the processor has what the function asks for.
                #[expect(unsafe_code, reason = "what it asks for is there")]
                return unsafe { vectors$(::<$n>)?($($arg),*) };
            }
            $any($($arg),*)
        }
    };
}
pub(crate) use with_own_vectors;
