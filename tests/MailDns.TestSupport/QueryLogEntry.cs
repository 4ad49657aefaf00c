using System;

namespace MailDns.TestSupport;

/// <summary>One query as received.</summary>
/// <param name="Name">As sent, master file form, with the trailing dot.</param>
/// <param name="Type">A type name or TYPEnnn.</param>
/// <param name="Transport">UDP or TCP.</param>
/// <param name="Time">Since the server started.</param>
/// <param name="HasEdns">Whether the query had an OPT record.</param>
/// <param name="RecursionDesired">The RD bit.</param>
public sealed record QueryLogEntry(string Name, string Type, QueryTransport Transport, TimeSpan Time, bool HasEdns, bool RecursionDesired);
