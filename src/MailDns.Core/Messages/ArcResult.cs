namespace MailDns;

/// <summary>
/// A message's chain of Authenticated Received Chain sets (RFC 8617). A valid chain never makes DMARC pass: it only lets a
/// receiver who trusts the sealers believe what the first of them recorded.
/// </summary>
public sealed class ArcResult
{
    internal ArcResult(AuthenticationResultCode result, string reason, ArcSetResult[] sets, int oldestPass)
    {
        Result = result;
        Reason = reason;
        Sets = sets;
        OldestPass = oldestPass;
    }

    /// <summary>None without a chain, else Pass, Fail, or TempError where a key could not be looked up.</summary>
    public AuthenticationResultCode Result { get; }

    /// <summary>Why, in a sentence.</summary>
    public string Reason { get; }

    /// <summary>The sets from the first to the newest.</summary>
    public ArcSetResult[] Sets { get; }

    /// <summary>
    /// The lowest instance whose message signature still verifies with all above it; 0 where it is the whole message, all
    /// the way (RFC 8617 section 5.2 step 6), or the chain does not validate.
    /// </summary>
    public int OldestPass { get; }

    /// <summary>Result and reason.</summary>
    public override string ToString() => Sets.Length == 0 ? Result.ToString() : Result + ", " + Sets.Length + (Sets.Length == 1 ? " set: " : " sets: ") + Reason;

    internal static ArcResult Nothing { get; } = new(AuthenticationResultCode.None, "The message has no ARC sets.", Array.Empty<ArcSetResult>(), oldestPass: 0);
}
