<?php
/** Selects so many pictures to be refreshed, as somebody would who then closes the tab: choose-images 5. */

require __DIR__ . '/site.php';

$query = new Creators_Image_Refresh\Storage\Listing\Image_Query();
$error = Creators_Image_Refresh\Plugin::instance()->image_actions()->start(
    $query->pictures( array(), 'asin', false, (int) $argv[1], 0 )
);
null === $error || must( $error, 'selecting pictures' );
