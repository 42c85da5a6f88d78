<?php
/**
 * Kills a process that changes what pages show, each time one step later, and asks who was told in the end: check-purges MOMENTS.
 * A step is a statement that goes to the database or a post that a page cache is told of, so the moments are the same ones every
 * time. MOMENTS is how many of a refresh's are taken, evenly spread; of everything else all are. Leaves the site as it was.
 */

const POSTS   = 24;
const CHANGED = array( 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 25 );
const FEW     = array( 3, 4, POSTS + 2 );

$moments = max( 1, (int) ( $argv[1] ?? 20 ) );
$told    = tempnam( sys_get_temp_dir(), 'told-' );
$steps   = $told . '.steps';

/** Pictures of a post: one of its own, and one that it shares with its neighbour. */
function pictures_of( int $post ): array {
	return array( $post, POSTS + intdiv( $post + 1, 2 ) );
}

function number( int $picture ): string {
	return sprintf( 'B0KILL%04d', $picture );
}

/** The posts that show one of these pictures. */
function posts_with( array $pictures ): array {
	$shows = static fn( int $post ): bool => array() !== array_intersect( pictures_of( $post ), $pictures );
	return array_values( array_filter( range( 1, POSTS ), $shows ) );
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
	$counts = array_count_values( array_filter( explode( "\n", file_get_contents( $GLOBALS['told'] ) ) ) );
	file_put_contents( $GLOBALS['told'], '' );
	return $counts;
}

/** Does something in a process of its own with WordPress. Gives what it says; null where it was killed. */
function in_process( callable $body ): ?string {
	[ $mine, $child ] = stream_socket_pair( STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0 );
	$pid              = pcntl_fork();
	if ( 0 === $pid ) {
		fclose( $mine );
		require __DIR__ . '/checks.php';
		require __DIR__ . '/pass-time.php';
		add_filter(
			'query',
			static function ( $query ) {
				$GLOBALS['step'] ??= preg_match( $GLOBALS['from'] ?? '/^$/', (string) $query ) ? 0 : null;
				// How often the lock is renewed and the clock looked at is a matter of seconds.
				if ( ! preg_match( '/^(?!UPDATE \S+_images).*(creators_image_refresh_(lock|pace)|NOW\()/s', (string) $query ) ) {
					step();
				}
				return $query;
			}
		);
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

/** As in_process(), killed at a step, counted from a statement that looks like this. Gives how many; null where it was killed. */
function killed_at( int $step, string $from, callable $body ): ?int {
	$said = in_process(
		static function () use ( $step, $from, $body ): void {
			$GLOBALS['die_at'] = $step;
			$GLOBALS['from']   = $from;
			register_shutdown_function( static fn() => file_put_contents( $GLOBALS['steps'], $GLOBALS['step'] ?? 0 ) );
			$body();
		}
	);
	return null === $said ? null : (int) file_get_contents( $GLOBALS['steps'] );
}

/** A statement about the pictures. */
function sql( string $query ): string {
	$table = static fn(): string => $GLOBALS['wpdb']->prefix . 'creators_image_refresh_images';
	return (string) in_process( static fn() => $GLOBALS['wpdb']->get_var( str_replace( 'IMAGES', $table(), $query ) ) );
}

/** Some pictures, in SQL. */
function among( array $pictures ): string {
	return "asin IN ('" . implode( "', '", array_map( 'number', $pictures ) ) . "')";
}

/** Twenty minutes later, what the scheduler would do by then. */
function later(): void {
	sql( 'UPDATE IMAGES SET fetched_at = fetched_at - 1200 WHERE fetched_at > 1200' );
	in_process(
		static function (): void {
			pass_time( 1200 );
			wp_cache_flush();
			do_action( 'creators_image_refresh_run' );
			do_action( 'creators_image_refresh_purge' );
		}
	);
}

/** What is wrong with who was told: each of these and nobody else, and no one more often than a second try explains. */
function wrong( array $expected, int $most ): ?array {
	$told    = told();
	$told_of = array_map( 'strval', array_keys( $told ) );
	$wrong   = array(
		'missing' => array_values( array_diff( $expected, $told_of ) ),
		'others'  => array_values( array_diff( $told_of, $expected ) ),
		'often'   => array_filter( $told, static fn( int $times ): bool => $times > $most ),
	);
	return array_filter( $wrong ) ?: null;
}

function say( string $name, array $wrong ): void {
	$wrong = array_filter( $wrong );
	echo array() === $wrong ? "ok purges: $name\n" : "not ok purges: $name: " . json_encode( $wrong ) . "\n";
}

/** Kills something at each of its steps. $expected says who should be told, as things stand after it. */
function at_each_step( string $name, string $from, callable $prepare, callable $body, callable $expected ): void {
	$wrong = array();
	$at    = 0;
	do {
		$prepare();
		told();
		$ended = killed_at( ++$at, $from, $body );
		later();
		$wrong[ $at ] = wrong( $expected(), 2 );
	} while ( null === $ended && $at < 200 );
	say( "killed at each of the $ended steps of $name: whoever is concerned is told, and nobody else", $wrong );
}

function plugin(): Creators_Image_Refresh\Plugin {
	return Creators_Image_Refresh\Plugin::instance();
}

$posts = in_process(
	static function (): string {
		$ids = array();
		foreach ( range( 1, POSTS ) as $post ) {
			$pictures = array_map( static fn( int $picture ): string => site_stripe( number( $picture ) ), pictures_of( $post ) );
			$ids[]    = new_post( array( 'post_title' => (string) $post, 'post_content' => implode( '', $pictures ) ) );
		}
		return implode( ' ', $ids );
	}
);
$day = time() + 86400;
sql( "UPDATE IMAGES SET due_at = $day WHERE asin NOT LIKE 'B0KILL%'" );
later();
say( 'pictures that come alive: each post is told once', array( wrong( range( 1, POSTS ), 1 ) ) );

// A refresh.
$spoilt   = 'CASE WHEN ' . among( CHANGED ) . " THEN REPLACE( image, 'images', 'images-of-old' ) ELSE image END";
$spoil    = static fn() => sql( "UPDATE IMAGES SET due_at = 0, image = $spoilt WHERE asin LIKE 'B0KILL%'" );
$refresh  = static fn() => do_action( 'creators_image_refresh_run' );
$first    = '/^UPDATE `?\w*creators_image_refresh_images`? SET .*image = /';
$expected = posts_with( CHANGED );
$spoil();
$all = (int) killed_at( 0, $first, $refresh );
say( 'a refresh that nobody kills: each changed post is told once, and no other', array( wrong( $expected, 1 ) ) );
$wrong  = array();
$killed = 0;
for ( $moment = 0; $moment < $moments; $moment++ ) {
	$at = 1 + intdiv( $moment * max( 1, $all - 1 ), max( 1, $moments - 1 ) );
	$spoil();
	$killed += null === killed_at( $at, $first, $refresh ) ? 1 : 0;
	later();
	$wrong[ $at ] = wrong( $expected, 2 );
}
say( "killed at $moments of the $all steps of a refresh: each changed post is told, and no other", $wrong );
say( 'and it was killed each time', $killed === $moments ? array() : array( $killed ) );

// What else changes pages.
$exclude = static function ( bool $excluded ): void {
	$key = static fn( int $picture ): array => array( 'marketplace' => 'www.amazon.com', 'asin' => number( $picture ) );
	plugin()->image_actions()->set_excluded( array_map( $key, FEW ), $excluded );
};
$include = static function () use ( $exclude ): void {
	in_process( static fn() => $exclude( false ) );
	later();
};
$is_done = static fn(): bool => '3' === sql( 'SELECT COUNT(*) FROM IMAGES WHERE excluded = 1 AND ' . among( FEW ) );
$if_done = static fn(): array => $is_done() ? posts_with( FEW ) : array();
at_each_step( 'an exclusion', '/^UPDATE/', $include, static fn() => $exclude( true ), $if_done );
$include();

$option = 'creators_image_refresh_when_refused';
$choose = static fn( string $choice ) => in_process( static fn() => update_option( $option, $choice ) );
$back   = static function () use ( $choose ): void {
	$choose( 'last_picture' );
	later();
};
$words   = static fn() => update_option( $option, 'words' );
$if_done = static fn(): array => 'words' === in_process( static fn() => get_option( $option ) ) ? array( 'site' ) : array();
at_each_step( 'the choice of words', "/$option/", $back, $words, $if_done );

$choose( 'words' );
$age = static function () use ( $day ): void {
	sql( 'UPDATE IMAGES SET fetched_at = ' . time() . ' WHERE fetched_at > 0' );
	sql( "UPDATE IMAGES SET due_at = $day, fetched_at = " . ( time() - 90000 ) . ", image = '{}' WHERE " . among( FEW ) );
};
sql( 'UPDATE IMAGES SET fetched_at = ' . time() . ", due_at = $day WHERE asin LIKE 'B0KILL%'" );
$forget = static fn() => plugin()->images()->forget_expired();
at_each_step( 'forgetting expired links', '/^UPDATE/', $age, $forget, static fn(): array => posts_with( FEW ) );

in_process(
	static function () use ( $posts, $option ): void {
		delete_option( $option );
		foreach ( explode( ' ', $posts ) as $post ) {
			wp_delete_post( (int) $post, true );
		}
	}
);
later();
array_map( 'unlink', array_filter( array( $told, $steps ), 'is_file' ) );
