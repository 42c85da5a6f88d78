<?php
/** What the abilities answer, and whom; nothing before WordPress 6.9, which has none. */

require __DIR__ . '/checks.php';

if ( ! function_exists( 'wp_get_ability' ) ) {
	check( 'without the Abilities API, nothing is offered and nothing breaks', did_action( 'wp_abilities_api_init' ), 0 );
	exit;
}
wp_set_current_user( 1 );
$status = wp_get_ability( 'creators-image-refresh/status' );
$lookup = wp_get_ability( 'creators-image-refresh/lookup' );
check( 'both are there', null !== $status && null !== $lookup );
$said = $status->execute();
check(
	'the status has its numbers',
	is_array( $said ) && $said['known'] > 0 && 'available' !== ( $said['extension'] ?? null ) ? $said['fresh'] : -1,
	$said['fresh'] ?? -2
);
check( 'and nothing of an account', preg_match( '/amzn1|secret/i', wp_json_encode( $said ) ), 0 );
global $wpdb;
list( $marketplace, $asin ) = $wpdb->get_row(
	"SELECT marketplace, asin FROM {$wpdb->prefix}creators_image_refresh_images WHERE image IS NOT NULL ORDER BY asin LIMIT 1",
	ARRAY_N
);
$found = $lookup->execute( array( 'asin' => strtolower( $asin ), 'marketplace' => $marketplace ) );
check(
	'a product that is shown is found',
	array( is_wp_error( $found ) ? $found->get_error_message() : $found['found'], isset( $found['image']['medium']['url'] ) ),
	array( true, true )
);
$none = $lookup->execute( array( 'asin' => 'B0NOTKNOWN' ) );
check(
	'one that is not, is not',
	array( is_array( $none ) ? $none['found'] : $none->get_error_message(), $none['image'] ?? null ),
	array( false, null )
);
foreach (
	array(
		array(),
		array( 'asin' => 'x' ),
		array( 'asin' => $asin, 'more' => 1 ),
		array( 'asin' => array( 'x' ) ),
		'text',
	) as $bad
) {
	check( 'refused: ' . wp_json_encode( $bad ), is_wp_error( $lookup->execute( $bad ) ) );
}
wp_set_current_user( get_user_by( 'login', 'editor' )->ID );
check( 'an editor may look up', is_array( $lookup->execute( array( 'asin' => $asin, 'marketplace' => $marketplace ) ) ) );
check( 'but not read the status', is_wp_error( $status->execute() ) );
wp_set_current_user( 0 );
check(
	'a stranger may neither',
	is_wp_error( $lookup->execute( array( 'asin' => $asin ) ) ) && is_wp_error( $status->execute() )
);
check(
	'both are for reading, and in REST',
	array( $status->get_meta()['annotations']['readonly'], $lookup->get_meta()['show_in_rest'] ),
	array( true, true )
);
