<?php
/**
 * Writes what WordPress reads of a compiled catalogue (msgfmt): languages.php php CATALOGUE, languages.php json CATALOGUE SCRIPT.
 *
 * The .l10n.php is byte for byte what WP_Translation_File::transform() makes; the .json is Jed's format, as wp-i18n takes it.
 */

declare(strict_types=1);

/**
 * Reads a catalogue: original, with its context before a \4 and without its plural, to translation, its forms parted by \0.
 *
 * @return array<string, string>
 */
function entries( string $bytes ): array {
	[ 1 => $magic, 3 => $count, 4 => $originals, 5 => $translations ] = unpack( 'V5', $bytes );
	0x950412de === $magic || exit( 'This is no catalogue of msgfmt.' );
	$text = static function ( int $table, int $index ) use ( $bytes ): string {
		[ 1 => $length, 2 => $offset ] = unpack( 'V2', $bytes, $table + 8 * $index );
		return substr( $bytes, $offset, $length );
	};
	$entries = array();
	for ( $index = 0; $index < $count; $index++ ) {
		$entries[ explode( "\0", $text( $originals, $index ) )[0] ] = $text( $translations, $index );
	}
	return $entries;
}

/**
 * Takes the headers off a catalogue.
 *
 * @param array<string, string> $entries The catalogue.
 * @return array<string, string> By name in small letters.
 */
function take_headers( array &$entries ): array {
	$headers = array();
	foreach ( explode( "\n", $entries[''] ?? '' ) as $line ) {
		if ( str_contains( $line, ':' ) ) {
			[ $name, $value ]                       = explode( ':', $line, 2 );
			$headers[ strtolower( trim( $name ) ) ] = trim( $value );
		}
	}
	unset( $entries[''] );
	return $headers;
}

/**
 * Small, as WordPress writes it.
 */
function short_export( mixed $value ): string {
	if ( ! is_array( $value ) ) {
		return var_export( $value, true );
	}
	$pairs = array();
	foreach ( $value as $key => $inner ) {
		$pairs[] = var_export( $key, true ) . '=>' . short_export( $inner );
	}
	return '[' . implode( ',', $pairs ) . ']';
}

[ , $format, $file ] = $argv;
$entries             = entries( file_get_contents( $file ) );
$headers             = take_headers( $entries );

if ( 'php' === $format ) {
	echo '<?php', "\n", 'return ', short_export( $headers + array( 'messages' => $entries ) ), ";\n";
} else {
	$head = array(
		'domain'       => 'messages',
		'lang'         => $headers['language'],
		'plural-forms' => $headers['plural-forms'],
	);
	$jed  = array(
		'domain'      => 'messages',
		'locale_data' => array( 'messages' => array( '' => $head ) + array_map( static fn( string $forms ): array => explode( "\0", $forms ), $entries ) ),
		'source'      => $argv[3],
	);
	echo json_encode( $jed, JSON_PRETTY_PRINT | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_THROW_ON_ERROR ), "\n";
}
