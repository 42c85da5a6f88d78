<?php
/**
 * Plugin Name: Product Search
 * Description: [product-search keywords="tea pot" max="5000"] shows what Amazon finds, with prices of at most an hour ago.
 * Requires PHP: 8.1
 */

declare( strict_types=1 );

add_shortcode( 'product-search', 'product_search' );

/**
 * The list of products; nothing where there are none, or no extension.
 *
 * @param array<string>|string $given The shortcode's attributes: keywords, and max, the highest price in cents.
 */
function product_search( array|string $given ): string {
	$search = shortcode_atts( array( 'keywords' => '', 'max' => null ), $given );
	if ( '' === $search['keywords'] || ! function_exists( 'creators_api_search_items' ) ) {
		return '';
	}
	// An array, so WordPress can keep it. An hour is what Amazon allows for prices; five minutes are kept of a failure.
	$key   = 'product_search_' . md5( (string) wp_json_encode( $search ) );
	$found = get_transient( $key );
	if ( ! is_array( $found ) ) {
		$found = creators_api_search_items(
			get_option( 'product_search_account' ),
			array( 'keywords' => $search['keywords'], 'max_price' => $search['max'], 'sort_by' => 'Relevance' ),
			array( 'resources' => array( 'title', 'images', 'offers' ), 'max_calls' => 2, 'deadline' => 5 )
		);
		set_transient( $key, $found, null === $found['stopped'] ? HOUR_IN_SECONDS : 5 * MINUTE_IN_SECONDS );
	}
	$html = '';
	foreach ( $found['items'] as $item ) {
		$picture = $item['images']['primary']['medium'] ?? array( 'url' => '' );
		$price   = $item['offers'][0]['price']['display'] ?? 'no price';
		$time    = wp_date( 'H:i', $item['fetched_at'] );
		$html   .= '<li><a href="' . esc_url( $item['detail_page_url'] ?? '' ) . '"><img src="' . esc_url( $picture['url'] ) . '" alt="">'
			. esc_html( $item['title'] ?? $item['asin'] ) . '</a> ' . esc_html( "$price ($time)" ) . '</li>';
	}
	return '' === $html ? '' : "<ul>$html</ul>";
}
