<?php
/** For scripts that look at pages as visitors get them. */

require_once __DIR__ . '/checks.php';

/**
 * A view of a page.
 *
 * @param array<int, mixed> $options Of curl.
 * @return array{status: int, body: string, type: string}
 */
function view( string $path, array $options = array() ): array {
	$request = curl_init( home_url( $path ) );
	curl_setopt_array( $request, $options + array( CURLOPT_RETURNTRANSFER => true, CURLOPT_TIMEOUT => 60 ) );
	$body = curl_exec( $request );
	must( $body, "asking for $path: " . curl_error( $request ) );
	return array(
		'status' => curl_getinfo( $request, CURLINFO_HTTP_CODE ),
		'body'   => $body,
		'type'   => (string) curl_getinfo( $request, CURLINFO_CONTENT_TYPE ),
	);
}

/**
 * Puts one of the must-use plugins of these tests into the site, or code of its own; null takes it away, unless it was there
 * before.
 */
function must_use( string $name, ?string $code = '' ): void {
	static $was_there = array();
	$file             = WPMU_PLUGIN_DIR . "/$name.php";
	wp_mkdir_p( WPMU_PLUGIN_DIR );
	$was_there[ $name ] ??= is_file( $file );
	if ( null === $code && ! $was_there[ $name ] ) {
		unlink( $file );
	} elseif ( null !== $code ) {
		file_put_contents(
			$file,
			'' === $code ? file_get_contents( dirname( __DIR__ ) . "/mu-plugins/$name.php" ) : "<?php\n$code"
		);
	}
	clearstatcache();
}

/** How often Amazon's stand-in was asked for products. */
function calls_at_amazon(): int {
	$port = trim( file_get_contents( getenv( 'SITE_FOLDER' ) . '/run/sandbox.port' ) );
	$log  = json_decode( file_get_contents( "http://127.0.0.1:$port/_sandbox/log" ), true );
	return count( array_filter( $log, static fn( array $call ): bool => str_ends_with( $call['path'], '/getItems' ) ) );
}

/** What of the tables bears such ASINs. */
function rows_like( string $like ): array {
	global $wpdb;
	$count = static fn( string $table ): int => (int) $wpdb->get_var(
		$wpdb->prepare( "SELECT COUNT(*) FROM {$wpdb->prefix}creators_image_refresh_$table WHERE asin LIKE %s", $like )
	);
	return array( 'images' => $count( 'images' ), 'uses' => $count( 'uses' ) );
}

/** Scans and refreshes until nothing is left to do. */
function run_all(): void {
	$plugin = new Creators_Image_Refresh\Plugin( new Creators_Image_Refresh\Api\Extension() );
	do {
		$scanned = $plugin->scanner()->scan_slice( 20 );
	} while ( ! $scanned['complete'] );
	for ( $slices = 0; $plugin->refresher()->has_work() && $slices < 20; $slices++ ) {
		$plugin->refresher()->run_slice( 10, 'person' );
	}
}
