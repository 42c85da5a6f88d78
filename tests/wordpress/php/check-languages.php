<?php
/** Checks that WordPress finds the plugin's translations wherever it is activated, and that its forms of number are right. */

require __DIR__ . '/expectations.php';
require __DIR__ . '/site.php';

use Creators_Image_Refresh\Lifecycle;

/** WordPress before it has looked for a translation, and without what it registers for a plugin of this one site. */
function forget_languages(): void {
	unset( $GLOBALS['l10n']['creators-image-refresh'] );
	WP_Translation_Controller::get_instance()->unload_textdomain( 'creators-image-refresh' );
	$GLOBALS['wp_textdomain_registry'] = new WP_Textdomain_Registry();
}

$words = array(
	'de_DE' => array( 'Einstellungen', '1 Bild', '2 Bilder' ),
	'ja'    => array( '設定', '画像 1 件', '画像 2 件' ),
);
foreach ( $words as $locale => [ $settings, $one, $two ] ) {
	forget_languages();
	switch_to_locale( $locale );
	add_filter( 'locale', $filter = static fn(): string => $locale );
	check_same(
		'Settings',
		__( 'Settings', 'creators-image-refresh' ),
		"$locale: as in a network, not without the plugin's word"
	);
	Lifecycle::load_languages();
	check_same( $settings, __( 'Settings', 'creators-image-refresh' ), "$locale: with it" );
	foreach ( array( 1 => $one, 2 => $two ) as $number => $form ) {
		check_same(
			$form,
			sprintf( _n( '%s picture', '%s pictures', $number, 'creators-image-refresh' ), $number ),
			"$locale: $number"
		);
	}
	// Each script's own, under the name by which the plugin calls it.
	foreach ( array( 'settings-page' => '', 'accounts' => '-accounts', 'survey' => '-survey' ) as $script => $name ) {
		wp_register_script(
			'creators-image-refresh' . $name,
			plugins_url( "admin/$script.js", CREATORS_IMAGE_REFRESH_FILE ),
			array(),
			'1'
		);
		$json = json_decode(
			(string) load_script_textdomain(
				'creators-image-refresh' . $name,
				'creators-image-refresh',
				plugin_dir_path( CREATORS_IMAGE_REFRESH_FILE ) . 'languages'
			),
			true
		);
		check_same(
			array( "admin/$script.js", $locale ),
			array( $json['source'] ?? '', $json['locale_data']['messages']['']['lang'] ?? '' ),
			"$locale: $script.js"
		);
	}
	remove_filter( 'locale', $filter );
}
