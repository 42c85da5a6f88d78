dnl The extension from its sources, by way of phpize: what PIE does where no file is there for a PHP. Cargo does the work.

PHP_ARG_ENABLE([creators_api],
  [whether to enable creators_api],
  [AS_HELP_STRING([--enable-creators_api], [Enable Amazon's Creators API])],
  [yes])

if test "$PHP_CREATORS_API" != "no"; then
  AC_PATH_PROG([CARGO], [cargo], [no], [$PATH:$HOME/.cargo/bin])
  if test "$CARGO" = "no"; then
    AC_MSG_ERROR([creators_api is written in Rust: install Rust 1.88 or newer (rustup.rs), or take the file for your PHP from the releases])
  fi
  AC_PATH_PROGS([CREATORS_API_CLANG], [clang clang-19 clang-16 clang-14], [no])
  if test "$CREATORS_API_CLANG" = "no"; then
    AC_MSG_ERROR([reading PHP's headers needs libclang: install clang and libclang-dev])
  fi

  CREATORS_API_SOURCE=`cd "$srcdir/../.." && pwd`
  PHP_MODULES="$PHP_MODULES \$(phplibdir)/creators_api.so"
  PHP_SUBST([CARGO])
  PHP_SUBST([PHP_CONFIG])
  PHP_SUBST([CREATORS_API_SOURCE])
  PHP_SUBST([PHP_MODULES])
  PHP_ADD_MAKEFILE_FRAGMENT([$srcdir/Makefile.frag])
fi
