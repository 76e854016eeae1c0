// DynamoDB on a free port, which it prints. With the argument "old-items" it returns the item
// that fails a condition where a request wants it, as DynamoDB does since 2023 and dynalite not.
const dynalite = require('dynalite')
const db = require('dynalite/db')

if (process.argv.includes('old-items')) {
  require('dynalite/validations/putItem').types.ReturnValuesOnConditionCheckFailure = { type: 'String' }
  const checkConditional = db.checkConditional
  db.checkConditional = (request, item) => {
    const failure = checkConditional(request, item)
    if (failure && item && request.ReturnValuesOnConditionCheckFailure === 'ALL_OLD') {
      failure.body.Item = item
    }
    return failure
  }
}

// Otherwise it ends where a client hangs up in the middle of a request.
process.on('uncaughtException', (failure) => {
  if (failure.code !== 'ECONNRESET') {
    throw failure
  }
})

const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 })
server.listen(0, '127.0.0.1', () => console.log(server.address().port))
process.stdin.resume().on('end', () => process.exit())
