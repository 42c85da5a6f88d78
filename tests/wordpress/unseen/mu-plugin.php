<?php
/** What this site's theme and other plugins do: a kind of post of their own, a shortcode, a custom field below the post. */

add_action(
	'init',
	static function (): void {
		register_post_type(
			'recipe',
			array(
				'public'       => true,
				'label'        => 'Recipes',
				'has_archive'  => true,
				'show_in_rest' => true,
				'rewrite'      => array( 'slug' => 'recipe' ),
				'supports'     => array( 'title', 'editor', 'excerpt' ),
			)
		);
		add_shortcode(
			'mine',
			static fn( $said, $inner = '' ) => '<div class="mine">' . do_shortcode( (string) $inner ) . '</div>'
		);
	}
);

add_action(
	'wp_footer',
	static function (): void {
		if ( is_singular() ) {
			echo '<aside class="gear">', get_post_meta( get_queried_object_id(), 'gear', true ), '</aside>';
		}
	}
);
