<?php
/** The place for widgets, which a block theme no longer has, and the stylesheet. */

add_action(
	'widgets_init',
	static function (): void {
		register_sidebar(
			array(
				'id'            => 'notes',
				'name'          => 'Beside the posts',
				'before_widget' => '<section class="widget %2$s">',
				'after_widget'  => '</section>',
				'before_title'  => '<h3>',
				'after_title'   => '</h3>',
			)
		);
	}
);

add_shortcode(
	'notes',
	static function (): string {
		ob_start();
		dynamic_sidebar( 'notes' );
		return (string) ob_get_clean();
	}
);

add_action(
	'wp_enqueue_scripts',
	static fn() => wp_enqueue_style( 'salt-and-margins', get_stylesheet_uri(), array(), wp_get_theme()->get( 'Version' ) )
);
