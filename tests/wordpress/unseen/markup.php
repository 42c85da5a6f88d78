<?php
/**
 * Dead pictures as blogs have them: each way to write one that plugins, themes, editors and people have left behind.
 * Each takes a picture and gives its markup, in which its URL may stand more than once.
 */

const SHOPS = array(
	'www.amazon.com'   => array( 'US', 'ws-na', 'demo-20', '1' ),
	'www.amazon.co.uk' => array( 'GB', 'ws-eu', 'demo-21', '2' ),
	'www.amazon.de'    => array( 'DE', 'ws-eu', 'demo-21', '3' ),
	'www.amazon.fr'    => array( 'FR', 'ws-eu', 'demo-21', '8' ),
	'www.amazon.co.jp' => array( 'JP', 'ws-fe', 'demo-22', '9' ),
);

/** A dead picture: its URL as SiteStripe gave it, entities not encoded. */
function dead_url( array $picture, int $size = 160 ): string {
	[ $country, $server, $tag ] = SHOPS[ $picture['shop'] ];
	return "//$server.amazon-adsystem.com/widgets/q?_encoding=UTF8&ASIN={$picture['asin']}&Format=_SL{$size}_&ID=AsinImage&MarketPlace=$country&ServiceVersion=20070822&WS=1&tag=$tag";
}

function product_link( array $picture ): string {
	return "https://{$picture['shop']}/dp/{$picture['asin']}?tag=" . SHOPS[ $picture['shop'] ][2] . '&linkCode=li2';
}

/** @return array<string, callable(array): string> */
function ways(): array {
	$e = static fn( string $url ): string => str_replace( '&', '&amp;', $url );
	return array(
		'as SiteStripe wrote it'     => static fn( $p ) => '<a href="'
			. product_link( $p )
			. '" target="_blank"><img border="0" src="'
			. dead_url( $p, 250 )
			. '" ></a><img src="https://ir-na.amazon-adsystem.com/e/ir?t=demo-20&l=li2&o=1&a='
			. $p['asin']
			. '" width="1" height="1" border="0" alt="" style="border:none !important; margin:0px !important;" />',
		'entities encoded'           => static fn( $p ) => '<a href="'
			. $e( product_link( $p ) )
			. '" rel="nofollow"><img src="'
			. $e( dead_url( $p ) )
			. '" border="0" /></a>',
		'without a link'             => static fn( $p ) => '<img class="alignleft" src="https:'
			. $e( dead_url( $p, 110 ) )
			. '" alt="A thing" width="110" />',
		'single quotes'              => static fn( $p ) => "<a href='"
			. product_link( $p )
			. "'><img alt='' src='"
			. dead_url( $p )
			. "'></a>",
		'capital letters'            => static fn( $p ) => '<A HREF="'
			. product_link( $p )
			. '"><IMG SRC="'
			. dead_url( $p )
			. '" BORDER=0></A>',
		'the old host'               => static fn( $p ) => '<a href="http://'
			. $p['shop']
			. '/gp/product/'
			. $p['asin']
			. '"><img src="http://ws.assoc-amazon.com/widgets/q?_encoding=UTF8&amp;Format=_SL160_&amp;ASIN='
			. $p['asin']
			. '&amp;MarketPlace='
			. SHOPS[ $p['shop'] ][0]
			. '&amp;ID=AsinImage&amp;WS=1"></a>',
		'a box'                      => static fn( $p ) => '<iframe style="width:120px;height:240px;" marginwidth="0" marginheight="0" scrolling="no" frameborder="0" src="//'
			. SHOPS[ $p['shop'] ][1]
			. '.amazon-adsystem.com/widgets/q?ServiceVersion=20070822&OneJS=1&Operation=GetAdHtml&MarketPlace='
			. SHOPS[ $p['shop'] ][0]
			. '&source=ac&ref=tf_til&ad_type=product_link&tracking_id=demo-20&placement='
			. $p['asin']
			. '&asins='
			. $p['asin']
			. '&linkId=abc"></iframe>',
		'an older box'               => static fn( $p ) => '<iframe src="https://rcm-na.amazon-adsystem.com/e/cm?t=demo-20&o='
			. SHOPS[ $p['shop'] ][3]
			. '&p=8&l=as1&asins='
			. $p['asin']
			. '&ref=qf_sp_asin_til&fc1=000000&IS2=1&lt1=_blank" style="width:120px;height:240px;" scrolling="no" frameborder="0"></iframe>',
		'by ASIN from the CDN'       => static fn( $p ) => '<a href="'
			. $e( product_link( $p ) )
			. '"><img src="https://images-na.ssl-images-amazon.com/images/P/'
			. $p['asin']
			. '.01._SL160_.jpg" alt=""></a>',
		'lazy, with a noscript twin' => static fn( $p ) => '<a href="'
			. product_link( $p )
			. '"><img class="lazy" src="data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==" data-src="'
			. dead_url( $p )
			. '"><noscript><img src="'
			. dead_url( $p )
			. '"></noscript></a>',
		'lazy'                       => static fn( $p ) => '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==" data-lazy-src="'
			. $e( dead_url( $p ) )
			. '" alt="Lazy">',
		'for dense screens'          => static fn( $p ) => '<a href="'
			. product_link( $p )
			. '"><img src="'
			. dead_url( $p )
			. '" srcset="'
			. dead_url( $p )
			. ' 1x, '
			. dead_url( $p, 250 )
			. ' 2x" alt="Dense"></a>',
		'a picture element'          => static fn( $p ) => '<picture><source srcset="'
			. dead_url( $p, 250 )
			. '" media="(min-width: 600px)"><img src="'
			. dead_url( $p )
			. '" alt="Two"></picture>',
		'Markdown'                   => static fn( $p ) => '[![A thing](https:'
			. dead_url( $p )
			. ')]('
			. product_link( $p )
			. ')',
		'AMP'                        => static fn( $p ) => '<a href="'
			. product_link( $p )
			. '"><amp-img layout="fixed" width="160" height="160" src="https:'
			. dead_url( $p )
			. '"></amp-img></a>',
		'through a proxy'            => static fn( $p ) => '<img src="https://i0.wp.com/'
			. ltrim( $e( dead_url( $p ) ), '/' )
			. '" alt="">',
	);
}

/** @return array<string, callable(string, array): string> What stands around a picture in a classic post. */
function surroundings_classic(): array {
	return array(
		'bare'      => static fn( $html ) => $html,
		'a caption' => static fn( $html ) => '[caption id="" align="alignleft" width="160"]' . $html . ' Mine.[/caption]',
		'a table'   => static fn( $html ) => '<table><tbody><tr><td>' . $html . '</td><td>Good.</td></tr></tbody></table>',
		'a list'    => static fn( $html ) => "<ul>\n<li>$html</li>\n<li>and so on</li>\n</ul>",
		'a centre'  => static fn( $html ) => '<center>' . $html . '</center>',
		'quotation' => static fn( $html ) => "<blockquote>$html “I liked it” — Ann & Bob</blockquote>",
	);
}

/** @return array<string, callable(string, array): string> What stands around a picture among blocks. */
function surroundings_blocks(): array {
	$e = static fn( string $url ): string => str_replace( '&', '&amp;', $url );
	return array(
		'HTML'      => static fn( $html ) => "<!-- wp:html -->\n$html\n<!-- /wp:html -->",
		'columns'   => static fn( $html ) => "<!-- wp:columns -->\n<div class=\"wp-block-columns\"><!-- wp:column -->\n<div class=\"wp-block-column\"><!-- wp:html -->\n$html\n<!-- /wp:html --></div>\n<!-- /wp:column --></div>\n<!-- /wp:columns -->",
		'classic'   => static fn( $html ) => "<!-- wp:freeform -->\n<p>$html</p>\n<!-- /wp:freeform -->",
		'paragraph' => static fn( $html ) => "<!-- wp:paragraph -->\n<p>See $html there</p>\n<!-- /wp:paragraph -->",
		'image'     => static fn( $html, $p ) => "<!-- wp:image {\"linkDestination\":\"custom\"} -->\n<figure class=\"wp-block-image\"><a href=\""
			. $e( product_link( $p ) )
			. '"><img src="https:'
			. $e( dead_url( $p ) )
			. "\" alt=\"\"/></a><figcaption class=\"wp-element-caption\">Mine</figcaption></figure>\n<!-- /wp:image -->",
		'gallery'   => static fn( $html, $p ) => "<!-- wp:gallery {\"linkTo\":\"none\"} -->\n<figure class=\"wp-block-gallery has-nested-images columns-default is-cropped\"><!-- wp:image -->\n<figure class=\"wp-block-image\"><img src=\"https:"
			. $e( dead_url( $p ) )
			. "\" alt=\"\"/></figure>\n<!-- /wp:image --></figure>\n<!-- /wp:gallery -->",
		'media'     => static fn( $html, $p ) => '<!-- wp:media-text {"mediaLink":"https:'
			. str_replace( '&', '\u0026', dead_url( $p ) )
			. "\",\"mediaType\":\"image\"} -->\n<div class=\"wp-block-media-text is-stacked-on-mobile\"><figure class=\"wp-block-media-text__media\"><img src=\"https:"
			. $e( dead_url( $p ) )
			. "\" alt=\"\"/></figure><div class=\"wp-block-media-text__content\"><!-- wp:paragraph -->\n<p>Words</p>\n<!-- /wp:paragraph --></div></div>\n<!-- /wp:media-text -->",
		'cover'     => static fn( $html, $p ) => '<!-- wp:cover {"url":"https:'
			. str_replace( '&', '\u0026', dead_url( $p, 250 ) )
			. "\",\"dimRatio\":50} -->\n<div class=\"wp-block-cover\"><span aria-hidden=\"true\" class=\"wp-block-cover__background has-background-dim\"></span><img class=\"wp-block-cover__image-background\" alt=\"\" src=\"https:"
			. $e( dead_url( $p, 250 ) )
			. "\" data-object-fit=\"cover\"/><div class=\"wp-block-cover__inner-container\"><!-- wp:paragraph -->\n<p>Words</p>\n<!-- /wp:paragraph --></div></div>\n<!-- /wp:cover -->",
		'table'     => static fn( $html ) => "<!-- wp:table -->\n<figure class=\"wp-block-table\"><table><tbody><tr><td>$html</td><td>Good.</td></tr></tbody></table></figure>\n<!-- /wp:table -->",
	);
}
