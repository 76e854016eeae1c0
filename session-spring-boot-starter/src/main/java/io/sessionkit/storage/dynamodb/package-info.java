/**
 * Sessions in a table of Amazon DynamoDB, with the AWS SDK for Java 2.
 */
@NullMarked
package io.sessionkit.storage.dynamodb;

import org.jspecify.annotations.NullMarked;
