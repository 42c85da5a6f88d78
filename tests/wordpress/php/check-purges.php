<?php
/**
 * Kills a process that changes what pages show, each time one step later, and asks who was told in the end: check-purges MOMENTS.
 * A step is a statement that goes to the database or a post that a page cache is told of, so the moments are the same ones every
 * time. MOMENTS is how many of a refresh's are taken, evenly spread; of everything else all are. Leaves the site as it was.
 */

const POSTS   = 24;
const CHANGED = array( 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 25 );

$moments = max( 1, (int) ( $argv[1] ?? 20 ) );
$told    = tempnam( sys_get_temp_dir(), 'told-' );
register_shutdown_function( static fn( int $parent ) => getmypid() === $parent && unlink( $told ), getmypid() );

/** Pictures of a post: one of its own, and one that it shares with its neighbour. */
function pictures_of( int $post ): array {
	return array( $post, POSTS + intdiv( $post + 1, 2 ) );
}

function number( int $picture ): string {
	return sprintf( 'B0KILL%04d', $picture );
}

/** A list of ASINs, in SQL. */
function asins( array $pictures ): string {
	return "'" . implode( "', '", array_map( 'number', $pictures ) ) . "'";
}

/** The posts that show one of these pictures. */
function posts_with( array $pictures ): array {
	return array_values( array_filter( range( 1, POSTS ), static fn( int $post ): bool => array() !== array_intersect( pictures_of( $post ), $pictures ) ) );
}

function step(): void {
	global $step, $die_at;
	if ( isset( $step ) && ++$step === $die_at ) {
		posix_kill( getmypid(), SIGKILL );
	}
}

// A page cache.
function rocket_clean_post( int $post ): void {
	step();
	tell( get_post( $post )->post_title );
}

function rocket_clean_domain(): void {
	step();
	tell( 'site' );
}

function tell( string $whom ): void {
	file_put_contents( $GLOBALS['told'], "$whom\n", FILE_APPEND );
}

/** Who was told since the last time, and how often. */
function told(): array {
	global $told;
	$counts = array_count_values( array_filter( explode( "\n", file_get_contents( $told ) ) ) );
	file_put_contents( $told, '' );
	ksort( $counts, SORT_NATURAL );
	return $counts;
}

/** Does something in a process of its own with WordPress. Gives what it prints; null where it was killed. */
function in_process( callable $body ): ?string {
	[ $mine, $child ] = stream_socket_pair( STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0 );
	$pid              = pcntl_fork();
	if ( 0 === $pid ) {
		fclose( $mine );
		require __DIR__ . '/checks.php';
		require __DIR__ . '/pass-time.php';
		add_filter( 'query', static function ( $query ) {
			$GLOBALS['step'] ??= preg_match( $GLOBALS['from'] ?? '/^$/', (string) $query ) ? 0 : null;
			step();
			return $query;
		} );
		add_filter( 'creators_image_refresh_requests_per_second', static fn() => 10.0 );
		add_filter( 'creators_image_refresh_slice_seconds', static fn() => 20.0 );
		fwrite( $child, (string) $body() );
		exit;
	}
	fclose( $child );
	$said = stream_get_contents( $mine );
	pcntl_waitpid( $pid, $status );
	return pcntl_wifsignaled( $status ) ? null : $said;
}

/** As in_process(), killed at a step; steps are counted from a statement that looks like this. Gives how many there were. */
function killed_at( int $step, string $from, callable $body ): ?int {
	$said = in_process(
		static function () use ( $step, $from, $body ): void {
			$GLOBALS['die_at'] = $step;
			$GLOBALS['from']   = $from;
			register_shutdown_function( static fn() => file_put_contents( $GLOBALS['told'] . '.steps', $GLOBALS['step'] ?? 0 ) );
			$body();
		}
	);
	$file  = $GLOBALS['told'] . '.steps';
	$steps = is_file( $file ) ? (int) file_get_contents( $file ) : 0;
	@unlink( $file );
	return null === $said ? null : $steps;
}

/** Twenty minutes later, what the scheduler would do by then. */
function later(): void {
	in_process(
		static function (): void {
			global $wpdb;
			pass_time( 1200 );
			$wpdb->query( "UPDATE {$wpdb->prefix}creators_image_refresh_images SET fetched_at = fetched_at - 1200 WHERE fetched_at > 1200" );
			wp_cache_flush();
			do_action( 'creators_image_refresh_run' );
			do_action( 'creators_image_refresh_purge' );
		}
	);
}

function say( string $name, array $wrong ): void {
	echo array() === $wrong ? "ok $name\n" : "not ok $name: " . json_encode( $wrong ) . "\n";
}

/** What is wrong with who was told: each of these and nobody else, and no one more often than a second try explains. */
function wrong( array $told, array $expected, int $most ): ?array {
	$told_of = array_map( 'strval', array_keys( $told ) );
	$missing = array_values( array_diff( $expected, $told_of ) );
	$others  = array_values( array_diff( $told_of, $expected ) );
	$often   = array_filter( $told, static fn( int $times ): bool => $times > $most );
	return array() === $missing && array() === $others && array() === $often ? null : array_filter( compact( 'missing', 'others', 'often' ) );
}

function sql( string $query ): string {
	return (string) in_process( static fn() => $GLOBALS['wpdb']->get_var( str_replace( 'IMAGES', $GLOBALS['wpdb']->prefix . 'creators_image_refresh_images', $query ) ) );
}

$posts = array_filter( explode( ' ', (string) in_process(
	static function (): string {
		$ids = array();
		foreach ( range( 1, POSTS ) as $post ) {
			$ids[] = new_post( array( 'post_title' => (string) $post, 'post_content' => implode( '', array_map( static fn( int $picture ) => site_stripe( number( $picture ) ), pictures_of( $post ) ) ) ) );
		}
		global $wpdb;
		$wpdb->query( "UPDATE {$wpdb->prefix}creators_image_refresh_images SET due_at = " . ( time() + DAY_IN_SECONDS ) . " WHERE asin NOT LIKE 'B0KILL%'" );
		do_action( 'creators_image_refresh_run' );
		return implode( ' ', $ids );
	}
) ) );
later();
say( 'purges: pictures that come alive: each post is told once', array_filter( array( wrong( told(), range( 1, POSTS ), 1 ) ) ) );

// A refresh.
$spoil    = static fn() => sql( "UPDATE IMAGES SET due_at = 0, image = CASE WHEN asin IN (" . asins( CHANGED ) . ") THEN REPLACE( image, 'images', 'images-of-old' ) ELSE image END WHERE asin LIKE 'B0KILL%'" );
$refresh  = static fn() => do_action( 'creators_image_refresh_run' );
$first    = '/^UPDATE `?\w*creators_image_refresh_images`? SET .*image = /';
$expected = posts_with( CHANGED );
$spoil();
$steps = killed_at( 0, $first, $refresh );
say( 'purges: a refresh that nobody kills: each changed post is told once, and no other', array_filter( array( wrong( told(), $expected, 1 ) ) ) );
$wrong  = array();
$killed = 0;
for ( $moment = 0; $moment < $moments; $moment++ ) {
	$at = 1 + intdiv( $moment * max( 1, $steps - 1 ), max( 1, $moments - 1 ) );
	$spoil();
	$killed += (int) ( null === killed_at( $at, $first, $refresh ) );
	later();
	$wrong[ $at ] = wrong( told(), $expected, 2 );
}
say( "purges: killed at {$moments} of the {$steps} steps of a refresh: each changed post is told, and no other", array_filter( $wrong ) );
say( 'purges: and it was killed each time', $killed === $moments ? array() : array( $killed ) );

/** Kills something at each of its steps. $expected says who should be told, as things stand after it. */
function at_each_step( string $name, string $from, callable $prepare, callable $body, callable $expected ): void {
	$wrong = array();
	$at    = 0;
	do {
		$prepare();
		told();
		$ended = killed_at( ++$at, $from, $body );
		later();
		$wrong[ $at ] = wrong( told(), $expected(), 2 );
	} while ( null === $ended && $at < 200 );
	say( "purges: killed at each of {$ended} steps of $name: whoever is concerned is told, and nobody else", array_filter( $wrong ) );
}

$few      = array( 3, 4, POSTS + 2 );
$named    = array_map( static fn( int $picture ) => array( 'marketplace' => 'www.amazon.com', 'asin' => number( $picture ) ), $few );
$plugin   = static fn() => Creators_Image_Refresh\Plugin::instance();
$if       = static fn( string $count ): array => (int) sql( 'SELECT COUNT(*) FROM IMAGES WHERE asin IN (' . asins( $few ) . ") AND $count" ) > 0 ? posts_with( $few ) : array();
$excluded = static fn( bool $excluded ) => in_process( static fn() => $plugin()->image_choice()->set_excluded( $named, $excluded ) );

at_each_step( 'an exclusion', '/^UPDATE/', static fn() => array( $excluded( false ), later() ), static fn() => $plugin()->image_choice()->set_excluded( $named, true ), static fn() => $if( 'excluded = 1' ) );
$excluded( false );
later();

$words = static fn( string $words ) => in_process( static fn() => update_option( 'creators_image_refresh_when_refused', $words ) );
at_each_step( 'the choice of words', '/creators_image_refresh_when_refused/', static fn() => array( $words( 'last_picture' ), later() ), static fn() => update_option( 'creators_image_refresh_when_refused', 'words' ), static fn() => 'words' === in_process( static fn() => get_option( 'creators_image_refresh_when_refused' ) ) ? array( 'site' ) : array() );

$words( 'words' );
$old = static fn() => sql( 'UPDATE IMAGES SET due_at = ' . ( time() + 86400 ) . ', fetched_at = ' . ( time() - 90000 ) . ", image = '{}' WHERE asin IN (" . asins( $few ) . ')' );
sql( 'UPDATE IMAGES SET fetched_at = ' . time() . ", due_at = " . ( time() + 86400 ) . " WHERE asin LIKE 'B0KILL%'" );
at_each_step( 'forgetting expired links', '/^UPDATE/', static fn() => array( sql( 'UPDATE IMAGES SET fetched_at = ' . time() . ' WHERE fetched_at > 0' ), $old() ), static fn() => $plugin()->images->forget_expired(), static fn() => posts_with( $few ) );
$words( 'last_picture' );

in_process(
	static function () use ( $posts ): void {
		delete_option( 'creators_image_refresh_when_refused' );
		array_map( static fn( string $post ) => wp_delete_post( (int) $post, true ), $posts );
	}
);
later();
