<?php
/**
 * Text for the site's privacy policy.
 *
 * @package Creators_Image_Refresh
 */

declare( strict_types=1 );

namespace Creators_Image_Refresh\Reporting;

defined( 'ABSPATH' ) || exit;

/**
 * Suggests a text to whoever writes the privacy policy. The plugin keeps nothing on visitors, so there is nothing to export
 * or to erase.
 */
final class Privacy_Policy {

	/** Suggests it. */
	public static function suggest_text(): void {
		// Others fire this hook where WordPress has not loaded it.
		if ( ! function_exists( 'wp_add_privacy_policy_content' ) ) {
			return;
		}
		$hints = array(
			__(
				'Creators Image Refresh for Amazon keeps no data on your visitors and sends none anywhere. Your server asks Amazon for pictures of the products in your posts; it sends product numbers, your Associate Tag and your credentials, and nothing on who reads a page.',
				'creators-image-refresh'
			),
			__(
				'A visitor’s browser loads each picture from Amazon’s image servers (m.media-amazon.com and others), as it did before Amazon switched the old pictures off. By that, Amazon learns the visitor’s IP address and what the browser sends along with any request. Say so in your policy:',
				'creators-image-refresh'
			),
		);
		$text  = __(
			'Some pages of this site show pictures of products that are sold at Amazon. Your browser loads these pictures from Amazon’s servers, and Amazon receives your IP address, the kind of your browser and, depending on its settings, the address of this site. We receive nothing of that. What Amazon does with it is said in Amazon’s privacy notice: https://www.amazon.com/privacy.',
			'creators-image-refresh'
		);
		$class = 'class="privacy-policy-tutorial"';
		wp_add_privacy_policy_content(
			__( 'Creators Image Refresh for Amazon', 'creators-image-refresh' ),
			"<p $class>" . implode( "</p><p $class>", array_map( 'esc_html', $hints ) ) . "</p><p><strong $class>"
				. esc_html__( 'Suggested text:', 'creators-image-refresh' ) . ' </strong>' . esc_html( $text ) . '</p>'
		);
	}
}
