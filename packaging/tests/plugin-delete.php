<?php
/** Takes the plugin away, as the Plugins page does: switched off, then deleted with everything that it has stored. */

require __DIR__ . '/site.php';

$plugin = 'creators-image-refresh/creators-image-refresh.php';
deactivate_plugins( $plugin );
must( delete_plugins( array( $plugin ) ), 'deleting the plugin' );
