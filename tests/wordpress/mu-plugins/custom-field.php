<?php
/** What a theme's own code does: prints a custom field of the post at the end of the page, past every filter. */

add_action(
	'wp_footer',
	static function (): void {
		echo '<aside class="gear">', is_singular() ? get_post_meta( get_queried_object_id(), 'gear', true ) : '', '</aside>';
	}
);
