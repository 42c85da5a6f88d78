<?php
/** What is listed, counted, exported, excluded and refreshed by choice. Leaves the site as it was, with every link fresh. */

require __DIR__ . '/checks.php';

use Creators_Image_Refresh\Admin\Images\Image_Export;
use Creators_Image_Refresh\Plugin;
use Creators_Image_Refresh\Refresh\Image_Actions;
use Creators_Image_Refresh\Reporting\Csv;
use Creators_Image_Refresh\Storage\Due_Images;
use Creators_Image_Refresh\Storage\Listing\Image_Counts;
use Creators_Image_Refresh\Storage\Listing\Image_Query;
use Creators_Image_Refresh\Storage\Schema;

global $wpdb;
$plugin = Plugin::instance();
$query  = new Image_Query();
$choice = $plugin->image_actions();
$table  = Schema::images();
$all    = (int) $wpdb->get_var( "SELECT COUNT(*) FROM $table" );
$now    = time();
$wpdb->query( "UPDATE $table SET excluded = 0" );
wp_set_current_user( 1 );

$first = $query->pictures( array(), 'asin', false, 5, 0 );
$keys  = array_map(
	static fn( array $picture ): array => array( 'marketplace' => $picture['marketplace'], 'asin' => $picture['asin'] ),
	$first
);
$row   = static fn( int $index, array $values ) => $wpdb->update( $table, $values, $keys[ $index ] );
$saved = array_map(
	static fn( array $key ) => $wpdb->get_row(
		$wpdb->prepare( "SELECT * FROM $table WHERE marketplace = %s AND asin = %s", $key['marketplace'], $key['asin'] ),
		ARRAY_A
	),
	$keys
);
$state = static fn( int $index ): string => Image_Query::read( array( $keys[ $index ] ) )[0]['state'];

// States.
$row( 0, array( 'fetched_at' => $now - 100 ) );
$row( 1, array( 'fetched_at' => $now - 2 * DAY_IN_SECONDS, 'failed_code' => '' ) );
$row( 2, array( 'fetched_at' => 0, 'failed_code' => 'InvalidParameterValue' ) );
$row( 3, array( 'fetched_at' => 0, 'failed_code' => 'ItemNotAccessible' ) );
$choice->set_excluded( array( $keys[4] ), true );
foreach ( array( 'fresh', 'waiting', 'failed', 'gone', 'excluded' ) as $index => $expected ) {
	check( "a picture is $expected", $state( $index ), $expected );
	$listed = array_column( $query->pictures( array( 'state' => $expected ), 'asin', false, 1000, 0 ), 'asin' );
	check( "and the filter for $expected finds it", in_array( $keys[ $index ]['asin'], $listed, true ) );
	check( "and no other, by the count of $expected", $query->count( array( 'state' => $expected ) ), count( $listed ) );
}
check( 'the states add up', array_sum( array_diff_key( $query->counts(), array( 'all' => 0 ) ) ), $all );

// Order and search.
foreach ( Image_Query::ORDERS as $order ) {
	$up   = array_map(
		static fn( array $picture ): string => $picture['marketplace'] . $picture['asin'],
		$query->pictures( array(), $order, false, 1000, 0 )
	);
	$two  = array_map(
		static fn( array $picture ): string => $picture['marketplace'] . $picture['asin'],
		array_merge( $query->pictures( array(), $order, false, 20, 0 ), $query->pictures( array(), $order, false, 1000, 20 ) )
	);
	check( "sorted by $order, all are listed", count( array_unique( $up ) ), $all );
	check( "sorted by $order, page by page is the same", $two, $up );
	foreach ( array( array(), array( 'state' => 'fresh' ), array( 'marketplace' => $keys[0]['marketplace'] ) ) as $filter ) {
		foreach ( array( false, true ) as $way ) {
			check(
				"sorted by $order, a page far behind is the same",
				( new Image_Query() )->pictures( $filter, $order, $way, 4, 11 ),
				array_slice( $query->pictures( $filter, $order, $way, 1000, 0 ), 11, 4 )
			);
		}
	}
}
$posts = array_column( $query->pictures( array(), 'posts', true, 1000, 0 ), 'posts' );
$down  = $posts;
rsort( $down );
check( 'by posts, the most used come first', $posts, $down );
check(
	'found by the beginning of the number',
	array_column( $query->pictures( array( 'search' => strtolower( $keys[0]['asin'] ) ), 'asin', false, 9, 0 ), 'asin' )[0] ?? '',
	$keys[0]['asin']
);
// Titles, as Amazon writes them and as people type.
$titles = array(
	'Zinnia Samovar 1.5 l',
	'Kochlöffel 100% "Buche" a/b, Größe M',
	'銅製やかん ＸＬ キッチン用品',
	"O'Neill C:\\Pan_20 – Crème Brûlée",
	'Strawberry ' . str_repeat( 'endless ', 40 ),
);
foreach ( $titles as $index => $title ) {
	$plugin->images()->save_images(
		array( $keys[ $index ]['marketplace'] ),
		array(
			$keys[ $index ]['asin'] => array(
				'small'           => null,
				'title'           => $title,
				'detail_page_url' => 'https://x/',
				'fetched_at'      => $now,
			),
		)
	);
}
$found = static fn( string $words, array $more = array() ): array => array_column(
	$query->pictures( array( 'search' => $words ) + $more, 'asin', false, 9, 0 ),
	'title'
);
foreach (
	array(
		'samovar'            => 0,
		'ZINNIA'             => 0,
		'amova'              => 0,
		'1.5 l samovar'      => 0,
		' samovar   zinnia ' => 0,
		'strawberry'         => 4,
		'löffel 100% "B'     => 1,
		'KOCHLÖFFEL'         => 1,
		'kochloffel'         => 1,
		'a/b'                => 1,
		'größe'              => 1,
		'やかん'                => 2,
		'銅製やかん'              => 2,
		'xl'                 => 2,
		'ｷｯﾁﾝ'               => 2,
		"o'neill"            => 3,
		'c:\\pan'            => 3,
		'pan_20'             => 3,
		'creme brulee'       => 3,
	) as $words => $index
) {
	check( "found by the title: $words", $found( (string) $words ), array( $titles[ $index ] ) );
}
foreach ( array( '100_', '%', 'pan%20', 'samovar pan', 'c:\\\\pan', "' OR 1=1 -- ", '🍳', '   やかん samovar' ) as $words ) {
	check(
		"a search for “{$words}” means what it says",
		array_values( array_diff( $found( $words ), 'pan%20' === $words ? array() : array( '%' === $words ? $titles[1] : '' ) ) ),
		array()
	);
}
check( 'a long title is found by its beginning', $found( 'endless' ), array( $titles[4] ) );
check( 'and counted', $query->count( array( 'search' => 'endless' ) ), 1 );
check(
	'a title of another country is not found there',
	array(
		$found( 'samovar', array( 'marketplace' => $keys[0]['marketplace'] ) ),
		$found( 'samovar', array( 'marketplace' => 'www.amazon.example' ) ),
	),
	array( array( $titles[0] ), array() )
);
check(
	'nor one of another state',
	array( $found( 'samovar', array( 'state' => 'fresh' ) ), $found( 'samovar', array( 'state' => 'gone' ) ) ),
	array( array( $titles[0] ), array() )
);
foreach ( Image_Query::ORDERS as $order ) {
	foreach ( array( 'B01' => 'asin', 'e' => 'title' ) as $words => $part ) {
		$listed = static fn( bool $down, int $limit, int $offset ): array => array_column(
			$query->pictures( array( 'search' => $words ), $order, $down, $limit, $offset ),
			'asin'
		);
		$plain  = array_column(
			array_filter(
				$query->pictures( array(), $order, true, 1000, 0 ),
				static fn( array $picture ): bool => false !== stripos( remove_accents( $picture[ $part ] ), $words )
			),
			'asin'
		);
		check(
			"a search for $words sorted by $order, page by page is the same",
			array_merge( $listed( false, 3, 0 ), $listed( false, 1000, 3 ) ),
			$listed( false, 1000, 0 )
		);
		check(
			"and in the order of $order that all have",
			array( count( $plain ) > 4, $listed( true, 1000, 0 ) ),
			array( true, $plain )
		);
	}
}
check( 'a title that is gone is not found any more', ( static function () use ( $plugin, $keys, $now, $found ): array {
	$plugin->images()->save_images(
		array( $keys[0]['marketplace'] ),
		array(
			$keys[0]['asin'] => array(
				'small'           => null,
				'title'           => 'Another',
				'detail_page_url' => 'https://x/',
				'fetched_at'      => $now,
			),
		)
	);
	return $found( 'samovar' );
} )(), array() );

// The order by posts, as posts come and go.
$most   = static fn(): array => array_map(
	static fn( array $picture ): string => $picture['asin'] . ' ' . $picture['posts'],
	$query->pictures( array( 'search' => 'B0CHECK00' ), 'posts', true, 9, 0 )
);
$stored = static fn(): int => (int) $wpdb->get_var(
	"SELECT COUNT(*) FROM $table AS images WHERE posts <> (SELECT COUNT(*) FROM {$wpdb->prefix}creators_image_refresh_uses AS used WHERE used.marketplace = images.marketplace AND used.asin = images.asin)"
);
$one    = new_post(
	array( 'post_content' => site_stripe( 'B0CHECK001' ) . site_stripe( 'B0CHECK002' ) . site_stripe( 'B0CHECK002' ) )
);
$two    = new_post( array( 'post_content' => site_stripe( 'B0CHECK002' ) ) );
check( 'a picture of two posts comes before one of one', $most(), array( 'B0CHECK002 2', 'B0CHECK001 1' ) );
wp_trash_post( $two );
check( 'with a post in the trash, it has one less', $most(), array( 'B0CHECK002 1', 'B0CHECK001 1' ) );
wp_untrash_post( $two );
wp_publish_post( $two );
check( 'restored, it has it again', $most(), array( 'B0CHECK002 2', 'B0CHECK001 1' ) );
wp_update_post( wp_slash( array( 'ID' => $two, 'post_content' => site_stripe( 'B0CHECK001' ) ) ) );
check( 'changed, the other one comes first', $most(), array( 'B0CHECK001 2', 'B0CHECK002 1' ) );
$choice->set_excluded( array( array( 'marketplace' => 'www.amazon.com', 'asin' => 'B0CHECK001' ) ), true );
check( 'excluded, it keeps its posts', $most(), array( 'B0CHECK001 2', 'B0CHECK002 1' ) );
$wpdb->delete( $wpdb->posts, array( 'ID' => $one ) );
$wpdb->update( $wpdb->posts, array( 'post_content' => '' ), array( 'ID' => $two ) );
$plugin->scanner()->restart();
while ( ! $plugin->scanner()->scan_slice( 0.001 )['complete'] ) {
	continue;
}
check( 'after a scan, what no post shows is forgotten, and what is excluded has none', $most(), array( 'B0CHECK001 0' ) );
check( 'and every number is that of the posts', $stored(), 0 );
$wpdb->query( "UPDATE $table SET posts = 7" );
$plugin->scanner()->restart();
$plugin->scanner()->scan_slice( 20 );
check( 'also where it was another before', $stored(), 0 );
wp_delete_post( $two, true );
$wpdb->delete( $table, array( 'asin' => 'B0CHECK001' ) );
check( 'all are there as before', (int) $wpdb->get_var( "SELECT COUNT(*) FROM $table" ), $all );

// The hours ahead.
$wpdb->query( $wpdb->prepare( "UPDATE $table SET due_at = %d", $now + 90 * MINUTE_IN_SECONDS ) );
$row( 1, array( 'due_at' => 0 ) );
$row( 2, array( 'due_at' => $now + 3 * DAY_IN_SECONDS ) );
$hours = Image_Counts::hours_ahead();
check( 'one waits now', $hours[0], 1 );
check( 'the others are due in the second hour; neither one of later days nor an excluded one', $hours[1], $all - 3 );
check( 'and none besides', array_sum( $hours ), $all - 2 );

// Excluded: neither asked for nor shown.
$html = '<img src="https://ws-na.amazon-adsystem.com/widgets/q?ASIN=' . $keys[0]['asin'] . '">';
$entry = static fn( int $index ) => $plugin->page_image_lookup()->look_up(
	array( $keys[ $index ] )
)[ implode( ':', $keys[ $index ] ) ];
$row( 4, array( 'due_at' => 0, 'fetched_at' => $now, 'image' => '{"small":null}' ) );
check(
	'an excluded picture is not due',
	in_array( $keys[4]['asin'], Due_Images::asins( array( $keys[4]['marketplace'] ), 100 ), true ),
	false
);
check( 'nor shown, nor put into words', array( $entry( 4 )['image'], $entry( 4 )['failed'] ), array( null, true ) );
$plugin->images()->save_images(
	array( $keys[4]['marketplace'] ),
	array( $keys[4]['asin'] => array( 'small' => null, 'title' => 'x', 'fetched_at' => $now ) )
);
check( 'nor after another marketplace has brought it', $entry( 4 )['image'], null );
Due_Images::mark_all();
check(
	'nor when all are made due',
	in_array( $keys[4]['asin'], Due_Images::asins( array( $keys[4]['marketplace'] ), 100 ), true ),
	false
);
check( 'one is included again', $choice->set_excluded( array( $keys[4] ), false ), 1 );
check( 'and is shown again', null !== $entry( 4 )['image'] );
Due_Images::mark_all();
check( 'and due again', in_array( $keys[4]['asin'], Due_Images::asins( array( $keys[4]['marketplace'] ), 100 ), true ) );

// Keys from outside.
check(
	'hostile keys are none',
	Image_Actions::keys( array( 'x', array( 'a:B' ), "www.amazon.de:B0'", 'www.amazon.de:b0', 7, null, 'www.amazon.de:' ) ),
	array()
);
check( 'nor is text', Image_Actions::keys( 'www.amazon.de:B00TSUGXKE' ), array() );

// Export.
foreach (
	array(
		'=1+1',
		'+1',
		'-1',
		'@x',
		' =1',
		'"=1',
		"'=1",
		'＝1',
		'＠x',
		'﹦1',
		'﹣1',
		"\u{200b}=1",
		"\x00=1",
		"\u{202e}+1",
		"\xff=1",
	) as $formula
) {
	check( 'a formula is text: ' . trim( $formula ), Csv::cell( $formula ), "'" . $formula );
}
foreach (
	array(
		'Pan;=1'   => "Pan;'=1",
		'Pan; "+1' => "Pan;' \"+1",
		"Pan\t@x"  => "Pan\t'@x",
		"Pan\n-1"  => "Pan\n'-1",
		"\t=1"     => "'\t'=1",
		"\xff|=1"  => "'\xff|'=1",
		'6\",=1'   => '6\ ",=1',
	) as $parted => $text
) {
	check( 'nor is what other spreadsheets take for the next cell: ' . wp_json_encode( $parted ), Csv::cell( $parted ), $text );
}
check(
	'and text stays text',
	array( Csv::cell( 'Pan = pot' ), Csv::cell( 5 ), Csv::cell( ' "é" ' ), Csv::cell( 'a; b-c; d' ) ),
	array( 'Pan = pot', '5', ' "é" ', 'a; b-c; d' )
);
$row(
	0,
	array(
		'image'          => wp_json_encode( array( 'title' => '=HYPERLINK("x")', 'detail_page_url' => '' ) ),
		'failed_code'    => '=1',
		'failed_message' => '=2',
	)
);
$file = fopen( 'php://memory', 'w+' );
( new Image_Export( $query ) )->write( $file, array() );
rewind( $file );
$lines = array();
while ( ( $line = fgetcsv( $file, null, ',', '"', '' ) ) !== false ) {
	$lines[] = $line;
}
check( 'the export has every picture, and a line of headings', count( $lines ), $all + 1 );
check(
	'no cell begins like a formula',
	array_filter( array_merge( ...$lines ), static fn( string $cell ): bool => 1 === preg_match( '/\A[=+\-@]/', $cell ) ),
	array()
);
check( 'the hostile title is there as text', in_array( "'=HYPERLINK(\"x\")", array_column( $lines, 2 ), true ) );

// What older versions have stored.
$row( 0, array( 'image' => wp_json_encode( array( 'title' => "\u{202e}\u{0} old\u{2028}" . str_repeat( 'ä', 300000 ) ) ) ) );
$title = Image_Query::read( array( $keys[0] ) )[0]['title'];
check(
	'an old title is bounded and clean',
	array( mb_substr( $title, 0, 6 ), mb_strlen( $title ) <= 500 ),
	array( 'old ää', true )
);
$row( 0, array( 'image' => wp_json_encode( array( 'title' => array( 'odd' ) ) ) ) );
check( 'and one that is none is none', Image_Query::read( array( $keys[0] ) )[0]['title'], '' );

// Refreshing a choice.
$wpdb->query( $wpdb->prepare( "UPDATE $table SET due_at = %d, failed_code = '', attempts = 0", $now + HOUR_IN_SECONDS ) );
$row( 0, array( 'fetched_at' => 1000 ) );
$row( 1, array( 'fetched_at' => 1000 ) );
check( 'a choice is taken', $choice->start( array( $keys[0], $keys[1] ) ), null );
check( 'and goes on in the background', wp_next_scheduled( 'creators_image_refresh_run', array( 'next' ) ) !== false );
check(
	'it is under way',
	array_intersect_key( $choice->slice( 0 ), array_flip( array( 'state', 'done', 'total' ) ) ),
	array( 'state' => 'running', 'done' => 0, 'total' => 2 )
);
check( 'stopped, it is over', $choice->stop()['state'], 'stopped' );
check(
	'and nothing is asked for that was not due before',
	Due_Images::asins( array( $keys[0]['marketplace'] ), 100 ) === array()
		|| (int) $wpdb->get_var(
			$wpdb->prepare(
				"SELECT due_at FROM $table WHERE marketplace = %s AND asin = %s",
				$keys[0]['marketplace'],
				$keys[0]['asin']
			)
		) === 1000 + Creators_Image_Refresh\Settings\Image_Age::refresh_after()
);
check( 'a second stop finds nothing', $choice->stop()['state'], 'none' );
$choice->start( $keys );
$outcome = $choice->slice( 20 );
check( 'asked for: all five', array( $outcome['state'], $outcome['done'] ), array( 'done', 5 ) );
check( 'and they are fresh', array_map( $state, array_keys( $keys ) ), array_fill( 0, 5, 'fresh' ) );
$runs = $plugin->run_history()->all();
check(
	'the run is remembered, with its number and who it was',
	array( $runs[0]['refreshed'], $runs[0]['by'], $runs[0]['user'] ),
	array( 5, 'person', 1 )
);
for ( $run = 0; $run < 12; $run++ ) {
	update_option(
		'creators_image_refresh_last_run',
		array( 'by' => 'schedule', 'finished_at' => $now + $run, 'refreshed' => $run, 'more' => $run > 9 ),
		false
	);
}
$runs = $plugin->run_history()->all();
check( 'ten runs are remembered', count( $runs ), 10 );
check( 'slices of one run are one', array( $runs[0]['refreshed'], $runs[1]['refreshed'] ), array( 21, 9 ) );

delete_option( 'creators_image_refresh_runs' );
$wpdb->query( "UPDATE $table SET due_at = fetched_at + 43200" );
