<?php

use Creators_Image_Refresh\Api\Extension;
use Creators_Image_Refresh\Api\Marketplaces;

$none         = new Marketplaces(
	new class() extends Extension {
		public function marketplaces(): array {
			return array();
		}
	}
);
$newer        = new Marketplaces(
	new class() extends Extension {
		public function marketplaces(): array {
			return array(
				'www.amazon.de' => array( 'country' => 'Germany' ),
				'www.amazon.test' => array( 'country' => 'Testland' ),
				'www.amazon.nowhere' => array(),
			);
		}
	}
);
same( 22, count( $none->names() ), 'without the extension the plugin knows its own list' );
same( 'Germany (amazon.de)', $none->names()['www.amazon.de'], 'by country and host' );
same( array( true, false ), array( $none->is_known( 'www.amazon.de' ), $none->is_known( 'www.amazon.test' ) ), 'and only that' );
same( true, $newer->is_known( 'www.amazon.test' ), 'a newer extension may know more' );
same(
	array(
		'www.amazon.de' => 'Germany (amazon.de)',
		'www.amazon.test' => 'Testland (amazon.test)',
		'www.amazon.nowhere' => 'amazon.nowhere',
	),
	$newer->names(),
	'and names what it knows'
);
same(
	array( 'amazon.de', 'example.org' ),
	array( Marketplaces::short( 'www.amazon.de' ), Marketplaces::short( 'example.org' ) ),
	'as people write it'
);
