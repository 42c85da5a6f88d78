<?php
/** Sets the site's language, as a person would under Settings > General: language LOCALE, or nothing for English. */

require __DIR__ . '/site.php';

// WordPress offers only what its own files are translated into.
add_filter( 'get_available_languages', static fn(): array => array( 'de_DE', 'ja' ) );
update_option( 'WPLANG', $argv[1] ?? '' );
( $argv[1] ?? '' ) === get_option( 'WPLANG' ) || must( false, 'setting the language' );
