namespace MailDns.Certificates;

/// <summary>The images that a logotype extension names as the subject's logo (RFC 9399 section 4.1).</summary>
/// <param name="Problem">Why the extension cannot be read; null where it can.</param>
internal sealed record LogotypeData(IReadOnlyList<LogotypeImage> Images, string? Problem);

/// <summary>LogotypeDetails of one image (RFC 9399 section 4.1). Its texts are foreign and not escaped.</summary>
/// <param name="Hashes">Object identifier of the algorithm and the hash.</param>
internal sealed record LogotypeImage(string MediaType, IReadOnlyList<string> Addresses, IReadOnlyList<KeyValuePair<string, byte[]>> Hashes);
