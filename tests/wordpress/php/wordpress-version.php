<?php
/** Prints the version of WordPress. */

require __DIR__ . '/site.php';

echo get_bloginfo( 'version' ), "\n";
