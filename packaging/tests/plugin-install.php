<?php
/** Installs the plugin from a zip by WordPress's own installer, as Plugins > Add New > Upload does, and switches it on: plugin-install ZIP. */

require __DIR__ . '/site.php';
require_once ABSPATH . 'wp-admin/includes/class-wp-upgrader.php';

$upgrader = new Plugin_Upgrader( new Automatic_Upgrader_Skin() );
must( $upgrader->install( $argv[1] ), 'installing the plugin: ' . wp_json_encode( $upgrader->skin->get_upgrade_messages() ) );
must( activate_plugin( 'creators-image-refresh/creators-image-refresh.php' ), 'activating the plugin' );
