<?php
/**
 * Adds, edits and deletes accounts as somebody would who has a page open beside others: change-accounts HOSTS ROUNDS, hosts with
 * commas between them. Prints how many changes it made, and each of its accounts that was not as it had left it.
 */

require __DIR__ . '/site.php';

$accounts = Creators_Image_Refresh\Plugin::instance()->account_repository();
$left     = array();
$changes  = 0;
/** The secrets of the accounts that this process has left, as a request that begins now reads them. */
$secrets = static function ( array $hosts ) use ( $accounts ): array {
	wp_cache_flush();
	$accounts->forget();
	$records = array_map( array( $accounts, 'find' ), array_combine( $hosts, $hosts ) );
	return array_map(
		static fn( ?array $record ): ?string => null === $record ? null : (string) $accounts->secret( $record ),
		$records
	);
};
for ( $round = 0; $round < (int) $argv[2]; $round++ ) {
	foreach ( explode( ',', $argv[1] ) as $host ) {
		$secret = "secret-$host-$round";
		$fields = array(
			'marketplace'        => $host,
			'credential_id'      => "id-$round",
			'credential_secret'  => $secret,
			'credential_version' => '',
			'partner_tag'        => "tag$round-21",
		);
		if ( 2 === $round % 3 ) {
			$accounts->delete( $host );
			$secret = null;
		} else {
			$record = $accounts->find( $host );
			$error  = null === $record ? $accounts->add( $fields, true ) : $accounts->update( $record, $fields );
			null === $error || print( "not saved: $host in round $round: {$error->get_error_code()}\n" );
		}
		$changes++;
		$left[ $host ] = $secret;
		foreach ( array_diff_assoc( $left, $secrets( array_keys( $left ) ) ) as $lost => $is ) {
			echo "lost: $lost after round $round of $host\n";
		}
	}
}
echo "$changes changes\n";
