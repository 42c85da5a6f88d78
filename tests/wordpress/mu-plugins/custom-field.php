<?php
/**
 * What a theme's own code does: prints a custom field of the post, and its comments, at the end of the page, past the_content.
 */

add_action(
	'wp_footer',
	static function (): void {
		if ( ! is_singular() ) {
			return;
		}
		echo '<aside class="gear">', get_post_meta( get_queried_object_id(), 'gear', true ), '</aside>';
		foreach ( get_comments( array( 'post_id' => get_queried_object_id() ) ) as $comment ) {
			echo '<div class="said">';
			comment_text( $comment );
			echo '</div>';
		}
	}
);
