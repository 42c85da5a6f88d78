<?php
/**
 * Looks at the site from outside: unseen/check remember (before the plugin comes), alive PICTURES (a file of what fill
 * printed), old (when it is switched off again). Each thing that must hold prints "ok" or "not ok" with its name.
 */

require dirname( __DIR__ ) . '/php/checks.php';

$kept = getenv( 'SITE_FOLDER' ) . '/run/remembered';

/** @return list<string> Every page there is, and what else visitors are given. */
function paths(): array {
	$paths = array(
		'/',
		'/page/2/',
		'/page/5/',
		'/feed/',
		'/recipe/',
		'/category/unseen/',
		'/?s=quinces',
		'/wp-json/wp/v2/recipe',
	);
	foreach ( get_posts( array( 'post_type' => array( 'post', 'page', 'recipe' ), 'numberposts' => -1 ) ) as $post ) {
		$paths[] = (string) wp_parse_url( get_permalink( $post ), PHP_URL_PATH );
		if ( '' !== $post->post_excerpt ) {
			$paths[] = '/wp-json/wp/v2/posts?slug=' . $post->post_name;
		}
	}
	return $paths;
}

/** @return array<string, string> The bytes of each page, by path. */
function pages( array $paths ): array {
	$all = array();
	foreach ( array_chunk( $paths, 4 ) as $chunk ) {
		$clients = curl_multi_init();
		$asked   = array();
		foreach ( $chunk as $path ) {
			$asked[ $path ] = curl_init( home_url( $path ) );
			curl_setopt_array( $asked[ $path ], array( CURLOPT_RETURNTRANSFER => true, CURLOPT_TIMEOUT => 60 ) );
			curl_multi_add_handle( $clients, $asked[ $path ] );
		}
		do {
			curl_multi_exec( $clients, $running );
			curl_multi_select( $clients, 0.1 );
		} while ( $running > 0 );
		foreach ( $asked as $path => $page ) {
			curl_getinfo( $page, CURLINFO_HTTP_CODE ) === 200 || must( false, "asking for $path" );
			$all[ $path ] = (string) curl_multi_getcontent( $page );
		}
	}
	return $all;
}

/** Everything that is stored and that a plugin could have edited. */
function stored(): string {
	global $wpdb;
	$rows = array(
		$wpdb->get_results( "SELECT ID, post_content, post_excerpt, post_modified FROM $wpdb->posts ORDER BY ID", ARRAY_N ),
		$wpdb->get_results( "SELECT * FROM $wpdb->postmeta ORDER BY meta_id", ARRAY_N ),
		$wpdb->get_results( "SELECT term_id, description FROM $wpdb->term_taxonomy ORDER BY term_id", ARRAY_N ),
		$wpdb->get_results(
			"SELECT option_name, option_value FROM $wpdb->options WHERE option_name LIKE 'widget\_%' ORDER BY option_name",
			ARRAY_N
		),
	);
	return hash( 'sha256', serialize( $rows ) );
}

/** The markup in what a REST route answers, or the page itself. */
function markup( string $path, string $bytes ): string {
	if ( ! str_starts_with( $path, '/wp-json/' ) ) {
		return $bytes;
	}
	$rendered = '';
	foreach ( json_decode( $bytes, true ) as $post ) {
		$rendered .= ( $post['content']['rendered'] ?? '' ) . ( $post['excerpt']['rendered'] ?? '' );
	}
	return $rendered;
}

/** @return list<string> The dead pictures that markup still shows, pixels aside. */
function dead_in( string $html ): array {
	$host = '(?:amazon-adsystem\.com/(?:widgets|e/cm)|assoc-amazon\.com/widgets|images-amazon\.com/images/P/)';
	return preg_match_all( "~{$host}[^\"'\s)>]*~i", $html, $found ) > 0 ? $found[0] : array();
}

/** @return list<string> Those of one product. */
function of_product( array $urls, string $asin ): array {
	return array_values( array_filter( $urls, static fn( string $url ): bool => str_contains( $url, $asin ) ) );
}

/** @return list<string> The addresses of a product's pictures. */
function fresh_urls( array $picture ): array {
	global $wpdb;
	$image = json_decode(
		(string) $wpdb->get_var(
			$wpdb->prepare(
				"SELECT image FROM {$wpdb->prefix}creators_image_refresh_images WHERE marketplace = %s AND asin = %s",
				$picture['shop'],
				$picture['asin']
			)
		),
		true
	);
	return array_column(
		array_filter( array_intersect_key( (array) $image, array_flip( array( 'small', 'medium', 'large', 'hires' ) ) ) ),
		'url'
	);
}

if ( 'remember' === $argv[1] ) {
	file_put_contents( $kept, serialize( array( 'pages' => pages( paths() ), 'stored' => stored() ) ) );
	exit;
}

$before = unserialize( file_get_contents( $kept ) );
if ( 'visit' === $argv[1] ) {
	pages( array_keys( $before['pages'] ) );
	exit;
}
if ( 'old' === $argv[1] ) {
	foreach ( pages( array_keys( $before['pages'] ) ) as $path => $page ) {
		$page === $before['pages'][ $path ] || check( "switched off, $path is the old page", false );
	}
	check( 'switched off, there are old pages', count( $before['pages'] ) > 150 );
	check( 'nothing stored was ever edited', stored(), $before['stored'] );
	exit;
}

$pages = pages( array_keys( $before['pages'] ) );
$all   = json_decode( file_get_contents( $argv[2] ), true );
$dead  = array_map( 'dead_in', array_combine( array_keys( $pages ), array_map( 'markup', array_keys( $pages ), $pages ) ) );
$alive = 0;
// Before WordPress 6.9 nobody is given the whole page.
$unseen = static fn( array $picture ): bool => 'a custom field' === $picture['around']
	&& version_compare( get_bloginfo( 'version' ), '6.9', '<' );
foreach ( $all as $picture ) {
	$html = markup( $picture['path'], $pages[ $picture['path'] ] );
	$what = "{$picture['asin']} ({$picture['way']}, in {$picture['around']}) at {$picture['path']}";
	$left = of_product( $dead[ $picture['path'] ], $picture['asin'] );
	if ( $picture['gone'] || $unseen( $picture ) ) {
		check(
			"$what " . (
				$picture['gone'] ? 'is gone at Amazon' : 'is seen by no hook of this WordPress'
			) . ' and stays as it was written',
			$left,
			of_product( dead_in( markup( $picture['path'], $before['pages'][ $picture['path'] ] ) ), $picture['asin'] )
		);
		continue;
	}
	$fresh = array_filter( fresh_urls( $picture ), static fn( string $url ): bool => str_contains( $html, $url ) );
	if ( array() !== $left || array() === $fresh ) {
		check( "$what is alive", array( 'dead' => $left, 'fresh' => count( $fresh ) ), array() );
		continue;
	}
	$alive++;
}
echo "ok $alive of ", count( $all ), " pictures are alive\n";

// Not only where a picture was put: also in lists, feeds, archives.
$gone = array_column(
	array_filter( $all, static fn( array $picture ): bool => $picture['gone'] || $unseen( $picture ) ),
	'asin'
);
foreach ( $dead as $path => $urls ) {
	$left = array_values( array_filter( $urls, static fn( string $url ): bool => str_replace( $gone, '', $url ) === $url ) );
	array() === $left || check( "$path shows no dead picture", $left, array() );
}
check( 'nothing stored was edited', stored(), $before['stored'] );
foreach ( array( 'debug.log', 'php-errors.log' ) as $log ) {
	check( "$log is empty", (string) @file_get_contents( getenv( 'SITE_FOLDER' ) . "/log/$log" ), '' );
}
